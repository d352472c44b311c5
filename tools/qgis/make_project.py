#!/usr/bin/python3
"""make_project.py FOLDER PROJECT.qgs: makes schemas/kharita.qgs, the QGIS project that every build publishes beside its
database, from a published FOLDER. Run with Debian's Python, which has PyQGIS; the project is drawn up in code so that a
change of it can be read.
"""
import os
import pathlib
import re
import shutil
import sys
import tempfile

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_HASH_SEED"] = "0"  # attributes in one order, so that a difference can be read
os.environ["QGIS_CUSTOM_CONFIG_PATH"] = tempfile.mkdtemp()

from qgis.core import (QgsAction, QgsApplication, QgsAttributeEditorContainer, QgsAttributeEditorField, QgsCoordinateReferenceSystem,  # noqa: E402
                       QgsDataSourceUri, QgsDateTimeRange, QgsDefaultValue, QgsEditFormConfig, QgsEditorWidgetSetup, QgsInterval, QgsProject,
                       QgsRectangle, QgsReferencedRectangle, QgsUnitTypes, QgsVectorLayer, QgsVectorLayerTemporalProperties)
from qgis.PyQt.QtCore import QDateTime, Qt  # noqa: E402

# Groups from the top of the map down: (group, ((table, title, shown), …), read only).
GROUPS = (
    ("Corrections (edit these)", (("correction", "Corrections", True), ("control", "Control areas drawn by hand", False)), False),
    ("Events", (("map_event", "Events", True), ("map_event_failed", "Failed", False), ("map_event_planned", "Planned", False),
                ("map_event_threatened", "Threatened", False), ("map_event_denied", "Denied", False),
                ("map_event_historical", "Historical", False)), True),
    ("Front lines and zones", (("map_frontline", "Front lines", True), ("map_zone", "Zones", True)), True),
    ("Places", (("map_mention", "Mentions of places", False), ("map_mention_area", "Where relative places can be", False),
                ("map_place", "Places", False)), True),
    ("Control", (("map_control", "Control areas", True),), True),
)
DATED = {"map_event": "date_end", "map_event_failed": "date_end", "map_event_planned": "date_end", "map_event_threatened": "date_end",
         "map_event_denied": "date_end", "map_event_historical": "date_end", "map_frontline": "date", "map_control": "until",
         "map_zone": "date"}
TABLES = (("event_list", "event_detail"), ("place_list", "place"), ("actor_list", "actor"), ("review_list", "review_place"))
# Layers whose rows can be picked to be corrected: which field a correction's target is.
PICKED = {"map_event": "event_id", "map_event_failed": "event_id", "map_event_planned": "event_id", "map_event_threatened": "event_id",
          "map_event_denied": "event_id", "map_event_historical": "event_id", "map_mention": "target", "review_place": "target"}
# What a picked row's actions run: a new correction of it, in the form; and the same of a point, which the next click on the map gives.
NEW_CORRECTION = """from qgis.core import QgsCoordinateTransform, QgsGeometry, QgsProject, QgsVectorLayerUtils
from qgis.utils import iface
def correct(target, point=None):
    corrections = QgsProject.instance().mapLayersByName('Corrections')[0]
    place = QgsGeometry() if point is None else QgsGeometry.fromPointXY(QgsCoordinateTransform(
        QgsProject.instance().crs(), corrections.crs(), QgsProject.instance()).transform(point))
    row = QgsVectorLayerUtils.createFeature(corrections, place)
    row.setAttribute('target', target)
    if not corrections.isEditable():
        corrections.startEditing()
    if iface.openFeatureForm(corrections, row, True, True):
        corrections.addFeature(row)
"""
TO_A_PLACE = NEW_CORRECTION + "correct('[% \"{field}\" %]')\n"
TO_A_POINT = NEW_CORRECTION + """from qgis.gui import QgsMapToolEmitPoint
def clicked(point, button):
    iface.mapCanvas().unsetMapTool(iface.kharita_click)
    correct('[% "{field}" %]', point)
iface.kharita_click = QgsMapToolEmitPoint(iface.mapCanvas())
iface.kharita_click.canvasClicked.connect(clicked)
iface.mapCanvas().setMapTool(iface.kharita_click)
"""
IDS = {}  # QGIS's own ids, which differ each time, and ours
KINDS = ("force_place", "never_place", "alias", "edit", "delete", "merge", "split")
FIELDS = ("", "date", "date_end", "event_type", "sub_event_type", "modality", "initiator", "target", "weapon", "killed", "injured",
          "claimed_by", "control_change", "status", "kind", "depth_km")


def open_layer(database, table, title, key="", geometry="geom"):
    uri = QgsDataSourceUri()
    uri.setDatabase(database)
    uri.setDataSource("", table, geometry, "", key)
    layer = QgsVectorLayer(uri.uri(), title, "spatialite")
    if not layer.isValid():
        sys.exit(f"{table}: {layer.error().summary()}")
    IDS[layer.id()] = f"kharita_{title.replace(' ', '_').lower() if table in dict(map(reversed, TABLES)) else table}"
    return layer


def set_times(layer, table):
    """A layer that the temporal controller steps through: from its date to the end of its last day."""
    times = layer.temporalProperties()
    times.setIsActive(True)
    times.setMode(QgsVectorLayerTemporalProperties.ModeFeatureDateTimeStartAndEndFromExpressions)
    times.setStartExpression('to_datetime("date" || \' 00:00:00\', \'yyyy-MM-dd HH:mm:ss\')')
    times.setEndExpression(f'to_datetime(coalesce("{DATED[table]}", "date") || \' 23:59:59\', \'yyyy-MM-dd HH:mm:ss\')')


def widget(layer, field, kind, settings):
    layer.setEditorWidgetSetup(layer.fields().indexOf(field), QgsEditorWidgetSetup(kind, settings))


def relation(layer, field, other, key, value, order="false"):
    widget(layer, field, "ValueRelation", {"Layer": other.id(), "LayerName": other.name(), "LayerProviderName": "spatialite",
                                           "LayerSource": other.publicSource(), "Key": key, "Value": value, "AllowNull": True,
                                           "OrderByValue": order == "true", "UseCompleter": True, "AllowMulti": False,
                                           "FilterExpression": "", "NofColumns": 1})


def add_actions(layer, field):
    """What can be done with a row that is picked: in the identify panel, in the table, with the action tool."""
    for title, short, command in (("Correct this: another place, toll, kind …", "Correct", TO_A_PLACE),
                                  ("It happened elsewhere: click there on the map", "Move to a point", TO_A_POINT)):
        action = QgsAction(QgsAction.GenericPython, title, command.replace("{field}", field), "", False, short, {"Feature", "Field", "Form"})
        layer.actions().addAction(action)


def default(layer, field, expression):
    layer.setDefaultValueDefinition(layer.fields().indexOf(field), QgsDefaultValue(expression))


def correction_form(layer, lists):
    widget(layer, "id", "Hidden", {})
    widget(layer, "kind", "ValueMap", {"map": [{kind: kind} for kind in KINDS]})
    widget(layer, "field", "ValueMap", {"map": [{name or "(none)": name} for name in FIELDS]})
    relation(layer, "place", lists["place_list"], "place_id", "name", "true")
    widget(layer, "outcome", "TextEdit", {"IsMultiline": False, "UseHtml": False})
    layer_config = layer.editFormConfig()
    layer_config.setReadOnly(layer.fields().indexOf("outcome"), True)
    layer_config.setLayout(QgsEditFormConfig.TabLayout)
    layer_config.clearTabs()
    for title, fields in (("What", ("kind", "target", "place", "field", "value")), ("Who and why", ("author", "reason", "made", "outcome"))):
        tab = QgsAttributeEditorContainer(title, None)
        tab.setIsGroupBox(False)
        for name in fields:
            tab.addChildElement(QgsAttributeEditorField(name, layer.fields().indexOf(name), tab))
        layer_config.addTab(tab)
    layer.setEditFormConfig(layer_config)
    default(layer, "kind", "'force_place'")
    default(layer, "author", "@user_full_name")
    default(layer, "made", "format_date(now(), 'yyyy-MM-ddTHH:mm:ssZ')")
    for name in ("place", "field", "value", "outcome"):
        default(layer, name, "''")


def control_form(layer, lists):
    widget(layer, "id", "Hidden", {})
    relation(layer, "actor", lists["actor_list"], "id", "name", "true")
    for name in ("places", "confidence", "source"):
        widget(layer, name, "Hidden", {})
    default(layer, "source", "'digitised'")
    default(layer, "places", "''")
    default(layer, "confidence", "1")
    default(layer, "date", "format_date(now(), 'yyyy-MM-dd')")
    layer.setSubsetString("\"source\" = 'digitised'")


def main():
    folder, project_file = (pathlib.Path(path).resolve() for path in sys.argv[1:])
    application = QgsApplication([], False)
    application.initQgis()
    with tempfile.TemporaryDirectory() as work:
        database = os.path.join(work, "events.sqlite")
        shutil.copy(folder / "events.sqlite", database)
        project = QgsProject.instance()
        project.setTitle("Kharita")
        project.setCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
        root = project.layerTreeRoot()
        lists = {}
        for title, table in TABLES:
            lists[title] = open_layer(database, table, title.replace("_", " "), "rowid" if table in ("event_detail", "review_place") else "", "")
            lists[title].setReadOnly(True)
            if table in PICKED:
                add_actions(lists[title], PICKED[table])
        for group_name, layers, read_only in GROUPS:
            group = root.addGroup(group_name)
            for table, title, shown in layers:
                layer = open_layer(database, table, title, "rowid" if table.startswith("map_") else "")
                layer.loadDefaultStyle()
                if read_only:
                    layer.setReadOnly(True)
                if table in DATED:
                    set_times(layer, table)
                if table in PICKED:
                    add_actions(layer, PICKED[table])
                if table == "correction":
                    correction_form(layer, lists)
                if table == "control":
                    control_form(layer, lists)
                project.addMapLayer(layer, False)
                group.addLayer(layer).setItemVisibilityChecked(shown)
        group = root.addGroup("Lists")
        group.setExpanded(False)
        for layer in lists.values():
            project.addMapLayer(layer, False)
            group.addLayer(layer)
        times = project.timeSettings()
        times.setTemporalRange(QgsDateTimeRange(QDateTime.fromString("2011-03-15T00:00:00", Qt.ISODate),
                                                QDateTime.fromString("2030-12-31T23:59:59", Qt.ISODate)))
        times.setTimeStepUnit(QgsUnitTypes.TemporalDays)
        times.setTimeStep(1)
        project.viewSettings().setDefaultViewExtent(QgsReferencedRectangle(QgsRectangle(35.5, 32.2, 42.4, 37.4),
                                                                           QgsCoordinateReferenceSystem("EPSG:4326")))
        written = os.path.join(work, "kharita.qgs")
        if not project.write(written):
            sys.exit("the project cannot be written")
        text = pathlib.Path(written).read_text(encoding="utf-8")
        for theirs, ours in IDS.items():
            text = text.replace(theirs, ours)
        # Nothing of the machine and the hour; data beside the project.
        text = re.sub(r'(saveDateTime|saveUser|saveUserFull)="[^"]*"', r'\1=""', text)
        text = text.replace(database, "./events.sqlite").replace(work, ".")
        text = re.sub(r"<creation>[^<]*</creation>", "<creation>2020-01-01T00:00:00</creation>", text)
        text = re.sub(r"<author>[^<]*</author>", "<author>Kharita</author>", text)
        text = re.sub(r"Annotations_[0-9a-f_]{36}", "kharita_annotations", text)
        # An action's id is another each time.
        ids = dict.fromkeys(re.findall(r'<actionsetting [^>]*\bid="(\{[0-9a-f-]{36}\})"', text))
        for number, theirs in enumerate(ids, 1):
            text = text.replace(theirs, f"{{00000000-0000-4000-8000-{number:012d}}}")
        project_file.write_text(text, encoding="utf-8")
    print(f"{project_file}: {len(text)} characters")
    sys.stdout.flush()
    os._exit(0)


main()
