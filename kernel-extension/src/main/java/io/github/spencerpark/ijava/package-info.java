/** Names that notebooks written for IJava use; they lead to the kernel that runs them. */
@NullMarked
package io.github.spencerpark.ijava;

import org.jspecify.annotations.NullMarked;
