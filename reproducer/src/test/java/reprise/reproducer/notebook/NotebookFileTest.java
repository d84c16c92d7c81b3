package reprise.reproducer.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reprise.ledger.Pipeline;

class NotebookFileTest {
  @TempDir Path folder;

  @Test
  void read_cellsWithAndWithoutIds_givesEachCodeCellOne() throws IOException {
    Path file =
        write(
            """
            {"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [
              {"cell_type": "markdown", "source": "# Title", "metadata": {}},
              {"cell_type": "code", "source": ["int a = 1;\\n", "a"], "metadata": {"tags": ["t"]}},
              {"cell_type": "code", "source": "  ", "metadata": {}},
              {"cell_type": "code", "source": "int b;", "metadata": {}},
              {"cell_type": "code", "source": "int b;", "metadata": {}}]}
            """);
    assertThat(NotebookFile.read(file).cells())
        .extracting(Pipeline.Cell::source)
        .containsExactly("int a = 1;\na", "int b;", "int b;");
    assertThat(NotebookFile.read(file).cells())
        .extracting(Pipeline.Cell::cell)
        .doesNotHaveDuplicates();
    assertThat(NotebookFile.read(file).cells().get(0).tags()).containsExactly("t");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no json|it is not JSON",
        "{}|not a Jupyter notebook of format 4",
        "[]|not a Jupyter notebook of format 4",
        "{\"nbformat\": 3, \"cells\": []}|not a Jupyter notebook of format 4",
        "{\"nbformat\": 4, \"metadata\": {}, \"cells\": []}|has no code",
        "{\"nbformat\": 4, \"metadata\": {}, \"cells\": [{\"cell_type\": \"markdown\", \"source\": \"x\"}]}|has no code",
        "{\"nbformat\": 4, \"metadata\": {\"kernelspec\": {\"language\": \"python\"}}, \"cells\": []}|a notebook for python"
      })
  void read_nothingToExecute_saysWhy(String content, String why) throws IOException {
    Path file = write(content);
    assertThatThrownBy(() -> NotebookFile.read(file))
        .isInstanceOf(NotAJavaNotebook.class)
        .hasMessageContaining(why)
        .hasMessageContaining("n.ipynb");
  }

  @Test
  void read_noSuchFile_saysSo() {
    assertThatThrownBy(() -> NotebookFile.read(folder.resolve("absent.ipynb")))
        .hasMessageEndingWith("is not there.");
  }

  @Test
  void inject_typedParameters_assignsThemBehindTheTaggedCell() throws IOException {
    NotebookFile notebook =
        NotebookFile.read(
            write(
                """
                {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [
                  {"cell_type": "code", "id": "p", "metadata": {"tags": ["parameters"]},
                   "source": "double rate = 0.1; String name = \\"a\\"; int n = 1;"},
                  {"cell_type": "code", "id": "x", "metadata": {}, "source": "rate"}]}
                """));
    notebook.inject(Map.of("rate", "1", "name", "5", "fresh", "true", "text", "a \"b\""));
    assertThat(notebook.cells())
        .extracting(Pipeline.Cell::cell)
        .containsExactly("p", "injected-parameters", "x");
    assertThat(notebook.cells().get(1).source())
        .isEqualTo(
            """
            // Parameters
            var fresh = true;
            name = "5";
            rate = 1;
            var text = "a \\"b\\"";
            """);
  }

  @Test
  void inject_twice_replacesWhatWasInjectedBefore() throws IOException {
    NotebookFile notebook =
        NotebookFile.read(
            write(
                "{\"nbformat\": 4, \"metadata\": {}, \"cells\": [{\"cell_type\": \"code\", \"metadata\": {}, \"source\": \"n\"}]}"));
    notebook.inject(Map.of("n", "1"));
    notebook.inject(Map.of("n", "2"));
    assertThat(notebook.cells()).hasSize(2);
    assertThat(notebook.cells().get(0).source()).contains("var n = 2;");
  }

  private Path write(String content) throws IOException {
    return Files.writeString(folder.resolve("n.ipynb"), content);
  }
}
