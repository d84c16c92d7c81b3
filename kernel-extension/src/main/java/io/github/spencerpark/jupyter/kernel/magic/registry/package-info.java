/** Annotations with which notebooks written for IJava mark magics of their own. */
@NullMarked
package io.github.spencerpark.jupyter.kernel.magic.registry;

import org.jspecify.annotations.NullMarked;
