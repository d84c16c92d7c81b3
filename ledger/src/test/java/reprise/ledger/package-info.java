@NullMarked
package reprise.ledger;

import org.jspecify.annotations.NullMarked;
