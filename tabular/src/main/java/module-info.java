/// Tables: CSV files read, their columns understood, prepared for a network, and predictions given in the user's own
/// labels and units.
module org.badak.tabular {
    requires de.siegmar.fastcsv;
    requires transitive org.badak.core;
    requires static org.jspecify;

    exports org.badak.tabular;
}
