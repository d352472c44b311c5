#!/usr/bin/python3
"""qgis_project_probe.py FOLDER TARGET PLACE DAY PICTURE.png: opens a published folder's project in QGIS, headless; says what
layers it has, which an analyst may edit, and how many events the temporal controller leaves of a day; draws it; and makes a
correction as an analyst would, picking the row of TARGET and saying that it is at PLACE. Prints JSON. Run by qgis_project_test.py.
"""
import json
import os
import sys

import headless_qgis
import qgis.utils
from qgis.core import (QgsDateTimeRange, QgsExpression, QgsExpressionContext, QgsExpressionContextUtils, QgsFeatureRequest, QgsPointXY,
                       QgsProject, QgsVectorLayerTemporalContext)
from qgis.gui import QgsMapCanvas
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


class Desk:
    """QGIS's window as far as actions use it, and an analyst who fills in forms."""

    def __init__(self, filled_in):
        self.canvas = QgsMapCanvas()
        self.filled_in = filled_in  # None: he thinks better of it
        self.offered = []

    def mapCanvas(self):
        return self.canvas

    def openFeatureForm(self, layer, feature, update_only, modal):
        self.offered.append((feature["target"], feature["kind"], feature.geometry().asPoint() if feature.hasGeometry() else None))
        for name, value in (self.filled_in or {}).items():
            feature.setAttribute(name, value)
        return self.filled_in is not None


def run_action(layer, feature, number):
    """Runs an action of a picked row as QGIS does."""
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    context.setFeature(feature)
    action = layer.actions().actions("Feature")[number]
    exec(QgsExpression.replaceExpressionText(action.command(), context), {})


def correct(project, target, place):
    """Picks the row of a mention and corrects it with its action; then takes a click on the map back."""
    mentions, corrections = (project.mapLayersByName(name)[0] for name in ("Mentions of places", "Corrections"))
    picked = next(mentions.getFeatures(QgsFeatureRequest().setFilterExpression(f"\"target\" = '{target}'")))
    qgis.utils.iface = Desk({"place": place, "author": "Analyst", "reason": "checked on imagery"})
    run_action(mentions, picked, 0)
    added = corrections.editBuffer() is not None and len(corrections.editBuffer().addedFeatures()) == 1
    offered = qgis.utils.iface.offered
    qgis.utils.iface = Desk(None)
    run_action(mentions, picked, 1)
    qgis.utils.iface.kharita_click.canvasClicked.emit(QgsPointXY(36.5, 35.25), Qt.LeftButton)
    offered += qgis.utils.iface.offered
    done = corrections.commitChanges()
    return {"added": added, "committed": done, "errors": corrections.commitErrors(),
            "offered": [(named, kind, point and [point.x(), point.y()]) for named, kind, point in offered]}


def main():
    folder, target, place, day, picture = sys.argv[1:]
    application = headless_qgis.started(widgets=True)  # noqa: F841: kept
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
    answer["actions"] = {layer.name(): [action.shortTitle() for action in layer.actions().actions("Feature")]
                         for layer in project.mapLayers().values()}
    answer["correction"] = correct(project, target, place)
    print(json.dumps(answer))
    sys.stdout.flush()
    os._exit(0)


main()
