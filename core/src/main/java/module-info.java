/**
 * Gradients of the one-hidden-layer ReLU network with non-overlapping patches, and gradient descent
 * with them.
 *
 * <p>Without the Vector API the simplest kernel computes, and says so in the log. EJML is no
 * module, and its two jars cannot both be made one: where they are on the class path, or one of
 * them is an automatic module, they are read at run time.
 */
module dev.patchgrad.core {
  // The flags of HotSpot, which tell the vector instructions; the threads' count of allocated
  // bytes.
  requires java.management;
  requires jdk.management;
  requires static jdk.incubator.vector;
  requires static org.jspecify;

  exports dev.patchgrad.choice;
  exports dev.patchgrad.data;
  exports dev.patchgrad.descent;
  exports dev.patchgrad.kernel;
  exports dev.patchgrad.network;
  exports dev.patchgrad.population;
}
