package org.badak.spark.ml;

import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;

/// A model and, once it has been used there, where a Spark has it: however often it is used, it is
/// sent to every executor once. Spark forgets what it was sent when nobody refers to it any more.
final class SentOnce implements Serializable {
    private static final long serialVersionUID = 1L;

    private final SentModel model;
    private transient @Nullable SparkContext context;
    private transient @Nullable Broadcast<SentModel> sent;

    SentOnce(SentModel model) {
        this.model = model;
    }

    SentModel model() {
        return model;
    }

    /// The model as tasks of a Spark refer to it.
    synchronized Broadcast<SentModel> on(SparkContext wanted) {
        Broadcast<SentModel> known = sent;
        if (known == null || !wanted.equals(context)) {
            known = JavaSparkContext.fromSparkContext(wanted).broadcast(model);
            sent = known;
            context = wanted;
        }
        return known;
    }
}
