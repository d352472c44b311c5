#include "store/styles.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "postgis/connection.hpp"
#include "sqlite/connection.hpp"
#include "store/db_styles.hpp"

namespace kharita::store {

namespace {

struct TableStyle {
    std::string_view layer; ///< table or view
    std::string_view style; ///< file of schemas/styles
    std::string_view description;
};

constexpr std::array layer_styles{
    TableStyle{"map_event", "event.qml",
               "Events that occurred, by type; size by killed, hollow where imprecise"},
    TableStyle{"map_event_failed", "event_other.qml", "Events that failed"},
    TableStyle{"map_event_planned", "event_other.qml", "Events that are planned"},
    TableStyle{"map_event_threatened", "event_other.qml", "Events that are threatened"},
    TableStyle{"map_event_denied", "event_other.qml", "Events that are denied"},
    TableStyle{"map_event_historical", "event_other.qml", "Events that lie far back"},
    TableStyle{"map_mention", "mention.qml", "Mentions of places, by role"},
    TableStyle{"map_mention_area", "mention_area.qml", "Where relative places can be"},
    TableStyle{"map_place", "place.qml", "Places that reports name"},
    TableStyle{"map_zone", "zone.qml", "Zones, hatched by status"},
    TableStyle{"map_control", "control.qml", "Control areas by actor"},
    TableStyle{"map_frontline", "frontline.qml", "Frontlines"},
    TableStyle{"event", "event.qml", "Events of all modalities, by type"},
    TableStyle{"mention", "mention.qml", "Mentions of places, by role"},
    TableStyle{"mention_area", "mention_area.qml", "Where relative places can be"},
    TableStyle{"place", "place.qml", "Places that reports name"},
    TableStyle{"zone", "zone.qml", "Zones, hatched by status"},
    TableStyle{"control", "control.qml", "Control areas"},
    TableStyle{"frontline", "frontline.qml", "Frontlines"},
    TableStyle{"correction", "correction.qml", "Corrections that have a position"},
};

std::string style_text(std::string_view name) {
    for (db_styles::EmbeddedFile const& file : db_styles::embedded_files()) {
        if (file.name == name) {
            return std::string{file.content};
        }
    }
    fail<DatabaseError>("style {} is not embedded in this program", name);
}

/// Labels name places and actors, which views have and tables (that hold their keys) have not.
std::string without_labels(std::string qml) {
    constexpr std::string_view on = "labelsEnabled=\"1\"";
    if (auto const at = qml.find(on); at != std::string::npos) {
        qml.replace(at, on.size(), "labelsEnabled=\"0\"");
    }
    return qml;
}

/// The style of a layer as QGIS reads it.
std::string style_of(TableStyle const& layer) {
    std::string qml = style_text(layer.style);
    return layer.layer.starts_with("map_") ? qml : without_labels(std::move(qml));
}

} // namespace

LayerStyle style_of(Layer layer) {
    auto const found = std::ranges::find(layer_styles, view_of(layer), &TableStyle::layer);
    if (found == layer_styles.end()) {
        fail<DatabaseError>("layer {} has no style", name_of(layer));
    }
    return {.qml = style_text(found->style), .description = found->description};
}

void write_styles(sqlite::Connection& connection) {
    connection.execute("DELETE FROM layer_styles; DELETE FROM sqlite_sequence WHERE name = 'layer_styles'");
    sqlite::Statement insert = connection.prepare(
        "INSERT INTO layer_styles (f_table_schema, f_table_name, f_geometry_column, styleName, styleQML, "
        "styleSLD, useAsDefault, description) VALUES (?, ?, 'geom', ?, ?, '', 1, ?)");
    for (TableStyle const& layer : layer_styles) {
        std::string const qml = style_of(layer);
        insert.run(nullptr, layer.layer, layer.layer, qml, layer.description);
        insert.run(std::string_view{}, layer.layer, layer.layer, qml, layer.description);
    }
}

void write_styles(postgis::Connection& server) {
    server.execute("DELETE FROM layer_styles WHERE f_table_schema = current_schema()");
    postgis::Statement insert = server.prepare(
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, "
        "styleName, styleQML, useAsDefault, description, owner) VALUES (current_database(), "
        "current_schema(), ?1::text, 'geom', ?1::text, xmlparse(DOCUMENT ?2::text), true, ?3, current_user)");
    for (TableStyle const& layer : layer_styles) {
        insert.run(layer.layer, style_of(layer), layer.description);
    }
}

} // namespace kharita::store
