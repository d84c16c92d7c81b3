package reprise;

/** What a notebook may say to Reprise. It need not say anything: recording asks for no help. */
public final class Reprise {
  /** The version of Reprise that executes this notebook. */
  public static final String VERSION = "0.1.0";

  private Reprise() {}
}
