#!/usr/bin/python3
"""qgis_probe.py DATABASE PICTURE.png LAYER…: opens a database in QGIS, headless, as an analyst would, and prints what
QGIS makes of it as JSON; draws the layers named, the first on top, where they have events or areas. Run by qgis_test.py; a program of its own because PyQGIS does not survive its own end.
"""
import json
import os
import sys

import headless_qgis
from qgis.core import (QgsApplication, QgsCoordinateReferenceSystem, QgsDataSourceUri, QgsFeatureRequest, QgsLayerItem,
                       QgsRectangle, QgsSettings, QgsVectorLayer, QgsWkbTypes)


def offered_layers(database):
    """What QGIS's browser shows under the file, as (table, URI)."""
    QgsSettings().setValue("SpatiaLite/connections/probe/sqlitepath", database)
    alive, uris = [], []
    for provider in QgsApplication.dataItemProviderRegistry().providers():
        if provider.name().lower() != "spatialite":
            continue
        root = provider.createDataItem("", None)
        alive.append(root)
        for connection in root.createChildren():
            alive.append(connection)
            children = connection.createChildren()
            alive.append(children)
            uris += [child.uri() for child in children if isinstance(child, QgsLayerItem)]
    return [(QgsDataSourceUri(uri).table(), uri) for uri in uris if QgsDataSourceUri(uri).geometryColumn()]


def symbols(layer):
    """A text that says how a layer is drawn, without ids and other noise."""
    renderer = layer.renderer()
    if renderer is None:
        return ""
    from qgis.core import QgsRenderContext
    return renderer.type() + "|" + "|".join(symbol.dump() for symbol in renderer.symbols(QgsRenderContext()))


def probe(layer):
    """What QGIS says of one opened layer."""
    if not layer.isValid():
        return {"valid": False, "error": layer.error().summary()}
    extent = QgsRectangle()
    extent.setMinimal()
    features = invalid = null = 0
    for feature in layer.getFeatures():
        features += 1
        if feature.geometry().isNull():
            null += 1
            continue
        extent.combineExtentWith(feature.geometry().boundingBox())
        invalid += not feature.geometry().isGeosValid()
    whole = QgsRectangle(extent)
    if features:
        whole.grow(1e-6)
    found = sum(1 for _ in layer.getFeatures(QgsFeatureRequest().setFilterRect(whole))) if features > null else 0
    _, styled = layer.loadDefaultStyle()
    return {
        "valid": True,
        "crs": layer.crs().authid(),
        "geometry": QgsWkbTypes.displayString(layer.wkbType()),
        "count": layer.featureCount(),
        "features": features,
        "null": null,
        "invalid": invalid,
        "found_by_extent": found,
        "extent": [extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum()] if features > null else None,
        "styled": bool(styled),
        "labels": layer.labelsEnabled(),
        "drawn_as": symbols(layer),
    }


def draw(layers, picture):
    """Draws layers together, as far as they reach."""
    extent = QgsRectangle()
    extent.setMinimal()
    for layer in layers:
        # Places are all over the world: the capitals that talk.
        if layer.featureCount() and layer.name() != "map_place":
            extent.combineExtentWith(layer.extent())
    extent.scale(1.05)
    return headless_qgis.draw(layers, extent, QgsCoordinateReferenceSystem("EPSG:4326"), 1200, 900, picture)


def main():
    database, picture, *drawn = sys.argv[1:]
    database = os.path.abspath(database)
    application = headless_qgis.started()  # noqa: F841: kept
    answer = {"offered": [], "spatialite": {}, "ogr": {}}
    layers = {}
    for name, uri in offered_layers(database):
        answer["offered"].append(name)
        layer = QgsVectorLayer(uri, name, "spatialite")
        answer["spatialite"][name] = probe(layer)
        dropped = QgsVectorLayer(f"{database}|layername={name}", name, "ogr")
        answer["ogr"][name] = probe(dropped)
        layers[name] = layer
    answer["picture"] = draw([layers[name] for name in drawn if name in layers and layers[name].isValid()], picture)
    print(json.dumps(answer))
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
