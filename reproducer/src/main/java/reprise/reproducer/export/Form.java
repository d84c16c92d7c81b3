package reprise.reproducer.export;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import reprise.reproducer.evidence.Evidence;

/** What a run can be exported as. A new form is a constant here and a class. */
public enum Form {
  /** A notebook of Jupyter's with everything that came of its cells. */
  NOTEBOOK,
  /** All that is known of the run and all bytes that it needs, in one file. */
  BUNDLE,
  /** A folder with a script for the JDK's own jshell, its data and its class path. */
  JSHELL,
  /** A Provenance Run Crate, for research data repositories. */
  CRATE,
  /** PROV-JSON of the W3C. */
  PROV,
  /** Events of OpenLineage, a line each. */
  OPENLINEAGE;

  private Export export() {
    return switch (this) {
      case NOTEBOOK -> new NotebookExport();
      case BUNDLE -> new BundleExport();
      case JSHELL -> new JshellExport();
      case CRATE -> new CrateExport();
      case PROV -> new ProvExport();
      case OPENLINEAGE -> new OpenLineageExport();
    };
  }

  /**
   * Writes the run to where the order says; there is all of it or nothing.
   *
   * @return what a person must know of it, a sentence each
   * @throws TargetInUse if something stands there already
   */
  public List<String> write(Evidence evidence, ExportOrder order) throws IOException {
    return export().write(evidence, order);
  }

  /** As it is typed. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
