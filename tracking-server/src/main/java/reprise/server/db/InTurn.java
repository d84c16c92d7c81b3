package reprise.server.db;

import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.DelegatingTransactionHandler;
import org.jdbi.v3.core.transaction.LocalTransactionHandler;
import org.jdbi.v3.core.transaction.TransactionHandler;

/** Transactions each of which first takes its turn. */
final class InTurn extends DelegatingTransactionHandler {
  private final Dialect dialect;
  private final String turn;

  InTurn(Dialect dialect, String turn) {
    this(LocalTransactionHandler.binding(), dialect, turn);
  }

  private InTurn(TransactionHandler real, Dialect dialect, String turn) {
    super(real);
    this.dialect = dialect;
    this.turn = turn;
  }

  @Override
  public void begin(Handle handle) {
    super.begin(handle);
    dialect.takeTurn(handle, turn);
  }

  @Override
  public TransactionHandler specialize(Handle handle) throws SQLException {
    return new InTurn(getDelegate().specialize(handle), dialect, turn);
  }
}
