#!/usr/bin/python3
"""qgis_probe.py DATABASE PICTURE.png LAYER…: opens a database in QGIS, headless, as an analyst would, and prints what
QGIS makes of it as JSON; draws the layers named, the first on top, where they have events or areas. Run by qgis_test.py; a program of its own because PyQGIS does not survive its own end.
"""
import json
import os
import sys
import tempfile

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_LOGGING_RULES"] = "*.debug=false"
os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp())
os.environ["QGIS_CUSTOM_CONFIG_PATH"] = tempfile.mkdtemp()  # a profile of its own, never the user's

from qgis.core import (QgsApplication, QgsCoordinateReferenceSystem, QgsDataSourceUri,   # noqa: E402
                       QgsFeatureRequest, QgsLayerItem, QgsMapRendererParallelJob, QgsMapSettings, QgsRectangle,
                       QgsSettings, QgsVectorLayer, QgsWkbTypes)
from qgis.PyQt.QtCore import QSize  # noqa: E402
from qgis.PyQt.QtGui import QColor  # noqa: E402


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
    """Draws layers together; the share of the picture that is not background, and the colours counted."""
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setOutputSize(QSize(1200, 900))
    settings.setBackgroundColor(QColor(255, 255, 255))
    settings.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    extent = QgsRectangle()
    extent.setMinimal()
    for layer in layers:
        # Places are all over the world: the capitals that talk.
        if layer.featureCount() and layer.name() != "map_place":
            extent.combineExtentWith(layer.extent())
    extent.scale(1.05)
    settings.setExtent(extent)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    image.save(picture, "PNG")
    background = QColor(255, 255, 255).rgb()
    pixels = [image.pixel(x, y) for y in range(0, image.height(), 3) for x in range(0, image.width(), 3)]
    drawn = [pixel for pixel in pixels if pixel != background]
    return {"drawn": len(drawn) / len(pixels), "colours": len(set(drawn)),
            "errors": [error.message for error in job.errors()]}


def main():
    database, picture, *drawn = sys.argv[1:]
    database = os.path.abspath(database)
    application = QgsApplication([], False)
    application.initQgis()
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


main()
