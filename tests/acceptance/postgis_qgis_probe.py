#!/usr/bin/python3
"""postgis_qgis_probe.py HOST DATABASE PICTURE.png LAYER…: opens the layers that QGIS's browser offers of a database on a server,
headless, and prints what QGIS makes of each as JSON; draws the layers named. Run by postgis_qgis_test.py.
"""
import json
import os
import sys

import headless_qgis
import qgis_probe
from qgis.core import QgsDataSourceUri, QgsProviderRegistry, QgsVectorLayer


def main():
    host, database, picture, *drawn = sys.argv[1:]
    application = headless_qgis.started()  # noqa: F841: kept
    # As an analyst does: a connection, and what it lists.
    metadata = QgsProviderRegistry.instance().providerMetadata("postgres")
    connection = metadata.createConnection(f"dbname='{database}' host='{host}' user='postgres'", {})
    answer = {"offered": {}, "layers": {}}
    layers = {}
    for table in connection.tables("public"):
        if not table.geometryColumn() or table.tableName() == "raster_columns":
            continue
        answer["offered"][table.tableName()] = table.primaryKeyColumns()
        if not table.tableName().startswith("map_"):
            continue
        uri = QgsDataSourceUri()
        uri.setConnection(host, "5432", database, "postgres", "")
        uri.setDataSource("public", table.tableName(), "geom", "", "rowid")
        layer = QgsVectorLayer(uri.uri(False), table.tableName(), "postgres")
        answer["layers"][table.tableName()] = qgis_probe.probe(layer)
        layers[table.tableName()] = layer
    answer["picture"] = qgis_probe.draw([layers[name] for name in drawn if name in layers and layers[name].isValid()], picture)
    print(json.dumps(answer))
    sys.stdout.flush()
    os._exit(0)


main()
