package reprise.reproducer.export;

import java.io.IOException;
import java.util.List;
import reprise.reproducer.evidence.Evidence;

/** One form. Has no state: a form is asked by whoever wants it. */
interface Export {
  /** See {@link Form#write}. */
  List<String> write(Evidence evidence, ExportOrder order) throws IOException;
}
