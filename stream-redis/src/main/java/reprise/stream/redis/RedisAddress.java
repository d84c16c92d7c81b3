package reprise.stream.redis;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.JedisURIHelper;

/** Where a Redis is. What is said of it names the host, never who comes in by which password. */
record RedisAddress(URI url) {
  private static final int PATIENCE = (int) Duration.ofSeconds(5).toMillis();

  static RedisAddress of(String url) throws IOException {
    try {
      URI uri = new URI(url);
      if ((JedisURIHelper.isRedisScheme(uri) || JedisURIHelper.isRedisSSLScheme(uri))
          && uri.getHost() != null) {
        return new RedisAddress(uri);
      }
    } catch (URISyntaxException e) {
      // its message would repeat the password
    }
    throw new IOException("the address of Redis is no URL of the form redis://localhost:6379");
  }

  private HostAndPort host() {
    return new HostAndPort(url.getHost(), url.getPort() == -1 ? 6379 : url.getPort());
  }

  /** Connects; the answer to a question that waits may take {@code longest} more than others. */
  Jedis connect(Duration longest) throws IOException {
    DefaultJedisClientConfig.Builder config =
        DefaultJedisClientConfig.builder()
            .connectionTimeoutMillis(PATIENCE)
            .socketTimeoutMillis(PATIENCE)
            .blockingSocketTimeoutMillis(PATIENCE + (int) longest.toMillis())
            .database(JedisURIHelper.getDBIndex(url))
            .resp2();
    if (JedisURIHelper.isRedisSSLScheme(url)) {
      config.sslOptions(SslOptions.defaults());
    }
    if (url.getUserInfo() != null) {
      config.user(JedisURIHelper.getUser(url)).password(JedisURIHelper.getPassword(url));
    }
    try {
      return new Jedis(host(), config.build());
    } catch (JedisException e) {
      throw failure(e);
    }
  }

  IOException failure(JedisException e) {
    return new IOException(
        "Redis at %s %s: %s"
            .formatted(
                host(),
                e instanceof JedisConnectionException ? "does not answer" : "refuses",
                e.getMessage()),
        e);
  }
}
