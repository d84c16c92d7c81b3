package reprise.server.prometheus;

import static io.javalin.http.HandlerType.GET;

import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The meters of this process, as Prometheus reads them. */
public final class Meters implements AutoCloseable {
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final Counter events;

  public Meters() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    collections.bindTo(registry);
    events =
        Counter.builder("reprise.events")
            .description("Events of kernels that were taken in")
            .register(registry);
  }

  /** Where features put meters of their own. */
  public MeterRegistry registry() {
    return registry;
  }

  /** An event was taken in that was not known before. */
  public void countEvent() {
    events.increment();
  }

  /** A request was answered. */
  public void count(Context request, float millis) {
    Endpoint endpoint = request.endpoints().lastHttpEndpoint(); // null if there is none
    if (endpoint != null && !isWatcher(endpoint)) {
      Timer.builder("reprise.http.requests")
          .description("Requests that were answered")
          .tags(
              Tags.of(
                  "method",
                  request.method().name(),
                  "path", // as the router knows it: what a caller makes up is no label
                  endpoint.path,
                  "status",
                  String.valueOf(request.statusCode())))
          .register(registry)
          .record((long) (millis * 1000), TimeUnit.MICROSECONDS);
    }
  }

  /** One who listens for hours is not slow. */
  private static boolean isWatcher(Endpoint endpoint) {
    return endpoint.path.equals("/api/live");
  }

  /**
   * Where Prometheus reads.
   *
   * @param measure asks, before each answer, what is not known by counting
   */
  public List<Endpoint> endpoints(Runnable measure) {
    return List.of(Endpoint.create(GET, "/metrics").handler(ctx -> answer(ctx, measure)));
  }

  private synchronized void answer(Context ctx, Runnable measure) {
    measure.run();
    ctx.contentType(TEXT).result(registry.scrape(TEXT));
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
