/// What a training run came to, in figures, words and files: what the command line and the lab say and write alike.
module org.badak.report {
    requires transitive org.badak.core;
    requires transitive org.badak.figure;
    requires transitive org.badak.tabular;

    exports org.badak.report;
}
