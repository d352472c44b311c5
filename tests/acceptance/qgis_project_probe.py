#!/usr/bin/python3
"""qgis_project_probe.py FOLDER TARGET PLACE DAY PICTURE.png: opens a published folder's project in QGIS, headless; says what
layers it has, which an analyst may edit, and how many events the temporal controller leaves of a day; draws it; and makes a
correction as an analyst would, that TARGET is at PLACE. Prints JSON. Run by qgis_project_test.py.
"""
import json
import os
import sys

import headless_qgis
from qgis.core import (QgsDateTimeRange, QgsFeatureRequest, QgsProject, QgsVectorLayerTemporalContext,
                       QgsVectorLayerUtils)
from qgis.PyQt.QtCore import QDateTime, Qt


def on_day(layer, day):
    """How many features the temporal controller shows of a day."""
    begin = QDateTime.fromString(day + "T00:00:00", Qt.ISODate)
    end = QDateTime.fromString(day + "T23:59:59", Qt.ISODate)
    context = QgsVectorLayerTemporalContext()
    context.setLayer(layer)
    text = layer.temporalProperties().createFilterString(context, QgsDateTimeRange(begin, end))
    return sum(1 for _ in layer.getFeatures(QgsFeatureRequest().setFilterExpression(text)))


def draw(project, picture):
    """Draws what the project shows, round its events."""
    layers = [node.layer() for node in project.layerTreeRoot().findLayers() if node.isVisible()]
    extent = project.mapLayersByName("Events")[0].extent()
    extent.scale(1.2)
    return headless_qgis.draw(layers, extent, project.crs(), 1400, 1000, picture)


def correct(layer, target, place):
    """Adds a row to the corrections as the form does: defaults first, then what the analyst fills in."""
    layer.startEditing()
    feature = QgsVectorLayerUtils.createFeature(layer)
    for name, value in (("kind", "force_place"), ("target", target), ("place", place), ("author", "Analyst"),
                        ("reason", "checked on imagery")):
        feature.setAttribute(name, value)
    added = layer.addFeature(feature)
    done = layer.commitChanges()
    return {"added": added, "committed": done, "errors": layer.commitErrors()}


def main():
    folder, target, place, day, picture = sys.argv[1:]
    application = headless_qgis.started()  # noqa: F841: kept
    project = QgsProject.instance()
    answer = {"read": project.read(os.path.join(folder, "kharita.qgs")), "layers": {}, "groups": []}
    answer["groups"] = [group.name() for group in project.layerTreeRoot().findGroups()]
    for layer in project.mapLayers().values():
        answer["layers"][layer.name()] = {
            "valid": layer.isValid(), "read_only": layer.readOnly(), "features": layer.featureCount(),
            "timed": layer.temporalProperties().isActive(), "source": layer.source().split(" ")[0],
            "widgets": {field.name(): layer.editorWidgetSetup(i).type() for i, field in enumerate(layer.fields())}}
    events = project.mapLayersByName("Events")[0]
    answer["on_day"] = on_day(events, day)
    answer["picture"] = draw(project, picture)
    answer["correction"] = correct(project.mapLayersByName("Corrections")[0], target, place)
    print(json.dumps(answer))
    sys.stdout.flush()
    os._exit(0)


main()
