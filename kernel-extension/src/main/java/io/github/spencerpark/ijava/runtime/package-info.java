/** Functions that notebooks written for IJava call without a name in front. */
@NullMarked
package io.github.spencerpark.ijava.runtime;

import org.jspecify.annotations.NullMarked;
