#  Copyright 2026 the Samebits developers
#  Licensed under the Apache License, Version 2.0.
"""Samebits's networks on PySpark: a transformer of Spark ML, classic and over Spark Connect.

The JVM side is the jar samebits-spark_2.13, which the session must have (spark.jars or spark.jars.packages).
"""
import sys

from pyspark import keyword_only
from pyspark.ml.param import Param, Params, TypeConverters
from pyspark.ml.util import JavaMLReadable, JavaMLWritable
from pyspark.ml.wrapper import JavaTransformer

__all__ = ["SamebitsModel", "register", "fingerprint"]

_PACKAGE = "dev.samebits.spark"


class SamebitsModel(JavaTransformer, JavaMLReadable, JavaMLWritable):
    """Adds the outputs of a network, and the prediction that they stand for, to each row.

    Features are one column (featuresCol: an array of floats or doubles, or a vector) or a numeric column each (inputCols);
    where neither is set, the columns that the model keeps the names of, or "features".
    """

    modelPath = Param(Params._dummy(), "modelPath", "ONNX file of the model, on any file system of Hadoop",
                      typeConverter=TypeConverters.toString)
    modelSha256 = Param(Params._dummy(), "modelSha256", "the SHA-256 that the file must have",
                        typeConverter=TypeConverters.toString)
    featuresCol = Param(Params._dummy(), "featuresCol", "column of all features", typeConverter=TypeConverters.toString)
    inputCols = Param(Params._dummy(), "inputCols", "columns, one for each number or each named input",
                      typeConverter=TypeConverters.toListString)
    outputCol = Param(Params._dummy(), "outputCol", "column of the outputs to add, or nothing for none",
                      typeConverter=TypeConverters.toString)
    outputCols = Param(Params._dummy(), "outputCols", "columns to add, one for each named output; none for its names",
                       typeConverter=TypeConverters.toListString)
    outputType = Param(Params._dummy(), "outputType", "array or vector", typeConverter=TypeConverters.toString)
    predictionCol = Param(Params._dummy(), "predictionCol", "column of the prediction to add, or nothing for none",
                          typeConverter=TypeConverters.toString)
    handleInvalid = Param(Params._dummy(), "handleInvalid", "error, skip or keep", typeConverter=TypeConverters.toString)
    batchSize = Param(Params._dummy(), "batchSize", "most rows that are predicted together",
                      typeConverter=TypeConverters.toInt)

    @keyword_only
    def __init__(self, *, modelPath=None, modelSha256=None, featuresCol=None, inputCols=None, outputCol=None,
                 outputCols=None, outputType=None, predictionCol=None, handleInvalid=None, batchSize=None):
        super().__init__()
        self._java_obj = self._new_java_obj(_PACKAGE + ".SamebitsModel", self.uid)
        self._setDefault(outputCol="output", outputType="array", predictionCol="prediction", handleInvalid="error",
                         batchSize=1024)
        self.setParams(**self._input_kwargs)

    @keyword_only
    def setParams(self, *, modelPath=None, modelSha256=None, featuresCol=None, inputCols=None, outputCol=None,
                  outputCols=None, outputType=None, predictionCol=None, handleInvalid=None, batchSize=None):
        """Sets those that are given."""
        return self._set(**{name: value for name, value in self._input_kwargs.items() if value is not None})


# PySpark finds a class of the JVM for one of Python, and back, by its name alone.
SamebitsModel.__module__ = _PACKAGE
sys.modules[_PACKAGE] = sys.modules[__name__]


def register(spark, name, path):
    """Gives a model a name in SQL (classic sessions): SELECT name(features).prediction FROM t."""
    spark._jvm.dev.samebits.spark.Samebits.register(spark._jsparkSession, name, path)


def fingerprint(scored, id, output="output"):
    """One number over the ids and outputs of all rows (classic sessions), as 64 hex digits."""
    return scored.sparkSession._jvm.dev.samebits.spark.Samebits.fingerprint(scored._jdf, id, output).toString()
