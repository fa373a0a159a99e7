package org.badak.spark.ml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/// Three kinds of flowers that lie apart, each with four measures, a weight and a mark; drawn from a
/// seed.
///
/// @param measures of each flower
/// @param kinds 0 to 2
/// @param weights from 0.5 to 1.5
/// @param marks true in one of five
record Flowers(double[][] measures, int[] kinds, double[] weights, boolean[] marks) {
    static final StructType SCHEMA = new StructType()
            .add("id", DataTypes.IntegerType)
            .add("features", new VectorUDT())
            .add("label", DataTypes.IntegerType)
            .add("weight", DataTypes.DoubleType)
            .add("mark", DataTypes.BooleanType);

    static Flowers of(int count) {
        SplittableRandom random = new SplittableRandom(5);
        double[][] measures = new double[count][4];
        int[] kinds = new int[count];
        double[] weights = new double[count];
        boolean[] marks = new boolean[count];
        for (int i = 0; i < count; i++) {
            kinds[i] = random.nextInt(3);
            for (int j = 0; j < 4; j++) {
                measures[i][j] = (j % 3 == kinds[i] ? 1.5 : 0) + random.nextDouble(-1, 1);
            }
            weights[i] = random.nextDouble(0.5, 1.5);
            marks[i] = random.nextInt(5) == 0;
        }
        return new Flowers(measures, kinds, weights, marks);
    }

    int count() {
        return kinds.length;
    }

    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count(); i++) {
            rows.add(RowFactory.create(i, Vectors.dense(measures[i]), kinds[i], weights[i], marks[i]));
        }
        return rows;
    }

    /// In their order, in one partition.
    Dataset<Row> frame(SparkSession spark) {
        return frame(spark, rows());
    }

    /// The last one first.
    Dataset<Row> backwards(SparkSession spark) {
        List<Row> rows = rows();
        Collections.reverse(rows);
        return frame(spark, rows);
    }

    static Dataset<Row> frame(SparkSession spark, List<Row> rows) {
        return spark.createDataFrame(rows, SCHEMA).coalesce(1);
    }

    /// Rows such as [#frame] has, with other features and labels.
    static Dataset<Row> frame(SparkSession spark, Vector[] features, double[] labels) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < labels.length; i++) {
            rows.add(RowFactory.create(features[i], labels[i]));
        }
        StructType schema = new StructType().add("features", new VectorUDT()).add("label", DataTypes.DoubleType);
        return spark.createDataFrame(rows, schema).coalesce(1);
    }

    /// Numbers as float32, row by row.
    float[] x() {
        float[] x = new float[count() * 4];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) measures[i / 4][i % 4];
        }
        return x;
    }
}
