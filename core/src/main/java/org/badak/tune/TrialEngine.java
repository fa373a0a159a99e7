package org.badak.tune;

/// Carries out the trials of a search somewhere: on the machines of a cluster, say. From several
/// threads at once; every wait ends by a deadline.
public interface TrialEngine extends AutoCloseable {
    /// Carries out a trial and waits for it.
    ///
    /// @param trial as its [TrialFunction] takes it
    /// @return what came of it
    /// @throws org.badak.gradient.EngineException if it cannot be carried out, or not in time
    String run(String trial);

    /// How many trials it carries out side by side.
    int parallel();

    /// Asks all trials that run to end: [#run] fails for them.
    void stop();

    /// Where it computes, in words.
    String place();

    /// Frees all machines and processes that it holds.
    @Override
    void close();
}
