package reprise.server.job.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataProfileTest {
  private static final String GOLDEN =
      """
      price,region,note
      1,north,a
      2,south,b
      3,north,
      4,south,d
      """;

  @TempDir Path folder;
  private int files;

  private DataProfile profile(String table) throws IOException {
    return DataProfile.of(Files.writeString(folder.resolve(files++ + ".csv"), table));
  }

  private List<String> since(String golden, String now) throws IOException {
    return profile(now).since(profile(golden), 0.1);
  }

  @Test
  void since_theSameRowsInAnotherOrder_isNothing() throws Exception {
    assertThat(since(GOLDEN, "price,region,note\n4,south,d\n3,north,\n2,south,b\n1,north,a\n"))
        .isEmpty();
  }

  @Test
  void since_fewerRows_saysHowMany() throws Exception {
    assertThat(since(GOLDEN, "price,region,note\n1,north,a\n3,north,\n2,south,b\n"))
        .contains("3 rows rather than 4");
  }

  @Test
  void since_moreMissing_saysWhichShare() throws Exception {
    assertThat(since(GOLDEN, "price,region,note\n1,north,a\n,south,b\nNaN,north,\n4,south,d\n"))
        .containsExactly("price: 50.0 % missing rather than 0.0 %");
  }

  @Test
  void since_rangeLeftByMoreThanTheMargin_saysWhere() throws Exception {
    assertThat(since(GOLDEN, "price,region,note\n0.8,north,a\n2,south,b\n3,north,\n4.2,south,d\n"))
        .isEmpty();
    assertThat(since(GOLDEN, "price,region,note\n-7,north,a\n2,south,b\n3,north,\n40,south,d\n"))
        .containsExactly(
            "price: down to -7.0 rather than 1.0", "price: up to 40.0 rather than 4.0");
  }

  @Test
  void since_numbersThatAreNoneAnyMore_saysSo() throws Exception {
    assertThat(since(GOLDEN, "price,region,note\n1,north,a\n2 EUR,south,b\n3,north,\n4,south,d\n"))
        .containsExactly("price: no longer numbers only");
  }

  @Test
  void since_newCategory_namesIt() throws Exception {
    assertThat(since(GOLDEN, "price,region,note\n1,north,a\n2,mars,b\n3,north,\n4,south,d\n"))
        .containsExactly("region: the new value 'mars'");
  }

  @Test
  void since_columnsGoneAndCome_namesThem() throws Exception {
    assertThat(since(GOLDEN, "price,area,note\n1,north,a\n2,south,b\n3,north,\n4,south,d\n"))
        .containsExactly("no column 'region' any more", "a new column 'area'");
  }

  @Test
  void since_columnOfNames_doesNotMindNewOnes() throws Exception {
    StringBuilder many = new StringBuilder("name\n");
    StringBuilder others = new StringBuilder("name\n");
    for (int i = 0; i < 200; i++) {
      many.append("n").append(i).append('\n');
      others.append("m").append(i).append('\n');
    }
    assertThat(since(many.toString(), others.toString())).isEmpty();
  }

  @Test
  void of_semicolonsQuotesAndShortRows_isRead() throws Exception {
    assertThat(
            since("a;b\n\"1\";\"x;y\"\n2;\"line\nbreak\"\n", "a;b\n1;\"x;y\"\n2;\"line\nbreak\"\n"))
        .isEmpty();
    assertThat(since("a,b\n1,2\n1,2\n", "a,b\n1\n1,2,3\n"))
        .containsExactly("b: 50.0 % missing rather than 0.0 %");
  }

  @Test
  void of_halfAFile_cannotBeRead() {
    assertThatThrownBy(() -> profile("a,b\n1,\"never closed"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no table");
  }
}
