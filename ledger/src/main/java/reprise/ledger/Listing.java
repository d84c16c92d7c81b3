package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names in a folder, in the order in which they came. What was asked of an entry while it was
 * listed stands with it, so that looking at 10,000 files is one fact and not 10,000.
 */
public record Listing(List<Entry> entries) {
  public Listing {
    entries = List.copyOf(entries);
  }

  /**
   * One name.
   *
   * @param size of a file that was asked about; null if nobody asked, or for a folder
   * @param folder true for a folder that was asked about
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Entry(String name, @Nullable Long size, @Nullable Boolean folder) {}

  public List<String> names() {
    return entries.stream().map(Entry::name).toList();
  }

  /** As it is kept: a blob of JSON. */
  public byte[] bytes() {
    return Wire.write(this).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads what {@link #bytes} gave.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static Listing of(byte[] bytes) {
    return Wire.read(new String(bytes, StandardCharsets.UTF_8), Listing.class);
  }
}
