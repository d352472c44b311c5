#!/usr/bin/python3
"""qgis_geopackage_probe.py FILE.gpkg LAYER…: opens layers of a GeoPackage in QGIS, headless, and prints what QGIS makes of each as
JSON. Run by qgis_test.py."""
import json
import os
import sys

import headless_qgis
from qgis.core import QgsVectorLayer, QgsWkbTypes
from qgis_probe import symbols


def main():
    application = headless_qgis.started()  # noqa: F841: kept
    answer = {}
    for name in sys.argv[2:]:
        layer = QgsVectorLayer(f"{sys.argv[1]}|layername={name}", name, "ogr")
        _, styled = layer.loadDefaultStyle()
        answer[name] = {"valid": layer.isValid(), "styled": styled, "drawn_as": symbols(layer), "labels": layer.labelsEnabled(),
                        "kind": QgsWkbTypes.displayString(layer.wkbType()), "crs": layer.crs().authid(), "count": layer.featureCount()}
    print(json.dumps(answer), flush=True)
    os._exit(0)


if __name__ == "__main__":
    main()
