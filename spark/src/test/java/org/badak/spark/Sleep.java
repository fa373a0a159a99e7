package org.badak.spark;

/// A wait that ends when its thread is interrupted.
final class Sleep {
    private Sleep() {}

    static void seconds(double seconds) {
        try {
            Thread.sleep((long) (seconds * 1000));
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
        }
    }
}
