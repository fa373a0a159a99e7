/// SIMD kernels: the only user of the incubating Vector API. On the module path the service is found and the incubator
/// module resolved without any flag.
module org.badak.simd {
    requires jdk.incubator.vector;
    requires org.badak.core;

    provides org.badak.kernel.KernelSet with
            org.badak.simd.SimdKernels;
}
