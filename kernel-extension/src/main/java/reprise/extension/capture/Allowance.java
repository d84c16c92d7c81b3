package reprise.extension.capture;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reprise.extension.network.Room;
import reprise.extension.policy.Policy;
import reprise.ledger.Digest;

/** How many bytes the running run may still keep. The same bytes count once. */
final class Allowance implements Room {
  private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB"};

  private final Policy policy;
  private final Set<Digest> counted = new HashSet<>();
  private long used;

  Allowance(Policy policy) {
    this.policy = policy;
  }

  synchronized void runOpens() {
    counted.clear();
    used = 0;
  }

  @Override
  public synchronized @Nullable String refusal(long size) {
    if (size > policy.largestFile()) {
      return "only its digest is kept: larger than the %s that the policy allows a file"
          .formatted(words(policy.largestFile()));
    }
    if (used + size > policy.largestRun()) {
      return "only its digest is kept: beyond the %s that the policy allows a run"
          .formatted(words(policy.largestRun()));
    }
    return null;
  }

  @Override
  public synchronized @Nullable String refusal(long size, Digest digest) {
    if (counted.contains(digest)) {
      return null;
    }
    String refusal = refusal(size);
    if (refusal == null) {
      counted.add(digest);
      used += size;
    }
    return refusal;
  }

  private static String words(long bytes) {
    double amount = bytes;
    int unit = 0;
    while (amount >= 1024 && unit < UNITS.length - 1) {
      amount /= 1024;
      unit++;
    }
    return String.format(
        Locale.ROOT, amount == Math.rint(amount) ? "%.0f %s" : "%.1f %s", amount, UNITS[unit]);
  }
}
