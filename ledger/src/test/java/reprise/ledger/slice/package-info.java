@NullMarked
package reprise.ledger.slice;

import org.jspecify.annotations.NullMarked;
