package reprise.server.db;

import java.util.function.Consumer;

/**
 * What the servers of one database tell one another. It is for those who watch: what is told while
 * a server is cut off never reaches it, and nothing may depend on it.
 */
public interface Bulletin extends AutoCloseable {

  /** Whether another server would hear what is told; this may be some seconds old. */
  boolean hasReaders();

  /** Tells all the others, soon; never waits. */
  void tell(String text);

  /** Begins to listen, in a thread of its own: {@code reader} is given what others tell. */
  void read(Consumer<String> reader);

  @Override
  void close();

  /** Of a database that has one server. */
  Bulletin OF_ONE_SERVER =
      new Bulletin() {
        @Override
        public boolean hasReaders() {
          return false;
        }

        @Override
        public void tell(String text) {
          // there is nobody else
        }

        @Override
        public void read(Consumer<String> reader) {
          // nobody else tells anything
        }

        @Override
        public void close() {
          // nothing is open
        }
      };
}
