package org.badak.cli;

import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/// Runs one test class in a process of its own and says as the last line whether it failed, and where first: exit 1 if
/// it did, 0 if not, 2 if there was no test.
final class OneTest {
    private OneTest() {}

    /// @param arguments the class
    public static void main(String[] arguments) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(DiscoverySelectors.selectClass(arguments[0]))
                                .build(),
                        listener);
        TestExecutionSummary summary = listener.getSummary();
        long failed = summary.getTestsFailedCount();
        if (failed == 0) {
            System.out.println("passed " + summary.getTestsSucceededCount() + " tests");
            System.exit(summary.getTestsFoundCount() == 0 ? 2 : 0);
        }
        String first = summary.getFailures()
                .getFirst()
                .getTestIdentifier()
                .getUniqueId()
                .replaceAll(".*\\[(?:method|test-template):([^(\\]]*).*", "$1");
        System.out.println("caught by " + first + (failed > 1 ? " and " + (failed - 1) + " more" : ""));
        System.exit(1);
    }
}
