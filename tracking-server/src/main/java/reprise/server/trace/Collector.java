package reprise.server.trace;

import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import reprise.ledger.Attempt;
import reprise.ledger.Firing;
import reprise.ledger.Run;

/** A collector that understands OTLP over HTTP. For one thread. */
final class Collector implements Traces.Sender {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int AT_ONCE = 512; // spans, as others do

  // It would say each time what Traces says once; kept here, or it would be set up anew.
  private static final Logger THEIRS = Logger.getLogger("io.opentelemetry.exporter");

  private final List<SpanData> ended = new ArrayList<>();
  private final OtlpHttpSpanExporter exporter;
  private final SdkTracerProvider provider;
  private final Tracer tracer;

  /**
   * @param environment may hold headers and the name that this server has there
   */
  Collector(URI address, Map<String, String> environment) {
    THEIRS.setLevel(Level.OFF);
    OtlpHttpSpanExporterBuilder builder =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(address.toString())
            .setConnectTimeout(PATIENCE)
            .setTimeout(PATIENCE);
    headers(environment).forEach(builder::addHeader);
    this.exporter = builder.build();
    this.provider =
        SdkTracerProvider.builder()
            .setSampler(Sampler.alwaysOn())
            .setResource(
                Resource.builder()
                    .put("service.name", environment.getOrDefault("OTEL_SERVICE_NAME", "reprise"))
                    .build())
            .addSpanProcessor(new Gathering())
            .build();
    this.tracer = provider.get("reprise");
  }

  private static Map<String, String> headers(Map<String, String> environment) {
    String all =
        environment.getOrDefault(
            "OTEL_EXPORTER_OTLP_TRACES_HEADERS",
            environment.getOrDefault("OTEL_EXPORTER_OTLP_HEADERS", ""));
    Map<String, String> headers = new LinkedHashMap<>();
    for (String each : all.split(",", -1)) {
      String[] pair = each.split("=", 2);
      if (pair.length == 2) {
        headers.put(pair[0].strip(), URLDecoder.decode(pair[1].strip(), StandardCharsets.UTF_8));
      }
    }
    return headers;
  }

  @Override
  public boolean send(Firing firing, Attempt attempt, List<Run> runs) throws InterruptedException {
    ended.clear();
    new AttemptTrace(tracer, firing, attempt).write(runs);
    for (int from = 0; from < ended.size(); from += AT_ONCE) {
      List<SpanData> some = ended.subList(from, Math.min(from + AT_ONCE, ended.size()));
      if (!exporter
          .export(List.copyOf(some))
          .join(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS)
          .isSuccess()) {
        return false;
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
    return true;
  }

  @Override
  public void close() {
    provider.close();
    exporter.close();
  }

  /** Keeps together what belongs together; a processor that sends by itself would drop the rest. */
  private final class Gathering implements SpanProcessor {
    @Override
    public void onStart(Context parent, ReadWriteSpan span) {}

    @Override
    public boolean isStartRequired() {
      return false;
    }

    @Override
    public void onEnd(ReadableSpan span) {
      ended.add(span.toSpanData());
    }

    @Override
    public boolean isEndRequired() {
      return true;
    }
  }
}
