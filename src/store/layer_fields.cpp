#include "store/layer_fields.hpp"

#include <array>
#include <string_view>

#include <fmt/format.h>

namespace kharita::store {

namespace {

using Kind = LayerField::Kind;

constexpr std::array event_fields{
    LayerField{"id", Kind::text, "id of the event: 32 hexadecimal digits, the same in every build"},
    LayerField{"date", Kind::text, "first day, YYYY-MM-DD; empty where the reports do not say"},
    LayerField{"date_end", Kind::text, "last day"},
    LayerField{"day", Kind::whole, "first day as days since 1970-01-01, for filters"},
    LayerField{"day_end", Kind::whole, "last day as days since 1970-01-01, for filters"},
    LayerField{"event_type", Kind::text, "ACLED event type"},
    LayerField{"sub_event_type", Kind::text, "ACLED sub-event type"},
    LayerField{"plover", Kind::text, "PLOVER event type"},
    LayerField{"modality", Kind::text,
               "occurred, failed, planned, threatened, denied or historical; an attack that failed and cost "
               "lives occurred"},
    LayerField{"place", Kind::text, "name of the place, English"},
    LayerField{"place_ar", Kind::text, "name of the place, Arabic, without marks"},
    LayerField{"admin1", Kind::text, "governorate"},
    LayerField{"admin2", Kind::text, "district"},
    LayerField{"admin3", Kind::text, "sub-district"},
    LayerField{"pcode", Kind::text, "P-code of the smallest unit that is known"},
    LayerField{"killed", Kind::whole,
               "how many were killed there; empty: not said; 0: the reports say none; the highest of all its "
               "reports, perhaps of another than `source` and `url`"},
    LayerField{"injured", Kind::whole, "how many were injured there, as `killed`"},
    LayerField{"killed_shared", Kind::whole,
               "killed at several places together, where the share of this one is not said"},
    LayerField{"injured_shared", Kind::whole, "injured at several places together"},
    LayerField{"initiator", Kind::text, R"(who did it; "A and B" together, "A or B" undecided)"},
    LayerField{"target", Kind::text, "whom or what it struck"},
    LayerField{"weapon", Kind::text, "with what"},
    LayerField{"strikes", Kind::whole, "how many strikes, raids or explosions"},
    LayerField{"geo_precision", Kind::whole, "ACLED: 1 exact, 2 about, 3 a whole region, 0 not located"},
    LayerField{"time_precision", Kind::whole, "ACLED: 1 the day, 2 the week, 3 the month, 0 undated"},
    LayerField{"uncertainty_m", Kind::real, "how far from the point it may have been, in metres"},
    LayerField{"confidence", Kind::real, "of the coding, 0 to 1"},
    LayerField{"reports", Kind::whole, "how many reports tell it"},
    LayerField{"source", Kind::text, "who published the first report"},
    LayerField{"url", Kind::text, "address of the first report"},
    LayerField{"published", Kind::text, "day of the first report"},
};

constexpr std::array place_fields{
    LayerField{"id", Kind::text, "id in the gazetteer"},
    LayerField{"name", Kind::text, "English"},
    LayerField{"name_ar", Kind::text, "Arabic, without marks"},
    LayerField{"feature", Kind::text, "GeoNames feature code"},
    LayerField{"country", Kind::text, "ISO 3166-1 alpha-3"},
    LayerField{"admin1", Kind::text, "governorate"},
    LayerField{"admin2", Kind::text, "district"},
    LayerField{"admin3", Kind::text, "sub-district"},
    LayerField{"population", Kind::whole, "empty where it is not known"},
    LayerField{"mentions", Kind::whole, "how often reports name it"},
    LayerField{"events", Kind::whole, "events that occurred there"},
    LayerField{"killed", Kind::whole, "killed there"},
    LayerField{"last_event", Kind::text, "first day of the newest event"},
    LayerField{"last_day", Kind::whole, "the same as days since 1970-01-01, for filters"},
};

constexpr std::array mention_fields{
    LayerField{"id", Kind::text, "doc_id:mention"},
    LayerField{"text", Kind::text, "as the report writes it"},
    LayerField{"role", Kind::text, "event, scope, origin, heading, metonym or other"},
    LayerField{"place", Kind::text, "what it was resolved to, English"},
    LayerField{"place_ar", Kind::text, "Arabic"},
    LayerField{"place_id", Kind::text, "id in the gazetteer"},
    LayerField{"geo_precision", Kind::whole, "ACLED: 1 exact, 2 about, 3 a whole region"},
    LayerField{"uncertainty_m", Kind::real, "metres"},
    LayerField{"confidence", Kind::real, "0 to 1"},
    LayerField{"source", Kind::text, "who published the report"},
    LayerField{"url", Kind::text, "address of the report"},
    LayerField{"published", Kind::text, "day of the report"},
};

constexpr std::array zone_fields{
    LayerField{"id", Kind::text, "id of the zone: 32 hexadecimal digits"},
    LayerField{"kind", Kind::text, "safe_zone, corridor, deescalation, buffer or no_fly"},
    LayerField{"status", Kind::text, "proposed, agreed, in_force, violated or ended"},
    LayerField{"name", Kind::text, "its name, where it has one"},
    LayerField{"along", Kind::text, "a border, or a section of one between two places, or a road"},
    LayerField{"side", Kind::text, "the country or governorate in which it lies"},
    LayerField{"declared_by", Kind::text, "who declared it"},
    LayerField{"date", Kind::text, "YYYY-MM-DD"},
    LayerField{"day", Kind::whole, "the same as days since 1970-01-01, for filters"},
    LayerField{"depth_km", Kind::real, "kilometres, as it is drawn"},
    LayerField{"depth_assumed", Kind::truth, "whether the depth is assumed, for the report states none"},
    LayerField{"confidence", Kind::real, "0 to 1"},
    LayerField{"source", Kind::text, "who published the report"},
    LayerField{"url", Kind::text, "address of the report"},
    LayerField{"published", Kind::text, "day of the report"},
};

constexpr std::array frontline_fields{
    LayerField{"id", Kind::text, "day, actors and the how many-th of theirs"},
    LayerField{"actor_a", Kind::text, "actor id of one side"},
    LayerField{"name_a", Kind::text, "its name"},
    LayerField{"actor_b", Kind::text, "actor id of the other side"},
    LayerField{"name_b", Kind::text, "its name"},
    LayerField{"date", Kind::text, "the day that it is drawn for"},
    LayerField{"day", Kind::whole, "the same as days since 1970-01-01, for filters"},
    LayerField{"last_evidence", Kind::text, "day of the newest event that proves it"},
    LayerField{"age_days", Kind::whole, "days between the two"},
    LayerField{"confidence", Kind::real, "0 to 1"},
};

constexpr std::array control_fields{
    LayerField{"id", Kind::text, "day, actor, source and the how many-th of these"},
    LayerField{"actor", Kind::text, "actor id of who holds it"},
    LayerField{"name", Kind::text, "English"},
    LayerField{"name_ar", Kind::text, "Arabic"},
    LayerField{"date", Kind::text, "the day that it is drawn for"},
    LayerField{"day", Kind::whole, "the same as days since 1970-01-01, for filters"},
    LayerField{"confidence", Kind::real, "0 to 1"},
    LayerField{"source", Kind::text, "derived from events, or digitised by an analyst"},
};

std::string_view name_of(Kind kind) noexcept {
    switch (kind) {
    case Kind::text:
        return "text";
    case Kind::whole:
        return "whole number";
    case Kind::real:
        return "number";
    case Kind::truth:
        return "true or false";
    }
    return {};
}

} // namespace

std::span<LayerField const> fields_of(Layer layer) noexcept {
    switch (layer) {
    case Layer::places:
        return place_fields;
    case Layer::mentions:
        return mention_fields;
    case Layer::zones:
        return zone_fields;
    case Layer::frontlines:
        return frontline_fields;
    case Layer::control:
        return control_fields;
    default:
        return event_fields;
    }
}

std::string_view meaning_of(Layer layer) noexcept {
    switch (layer) {
    case Layer::events:
        return "What occurred: one point a happening and place, however many reports tell it.";
    case Layer::planned:
        return "What somebody announced or ordered.";
    case Layer::threatened:
        return "What somebody threatened.";
    case Layer::failed:
        return "What was tried and did not succeed.";
    case Layer::denied:
        return "What somebody says did not happen.";
    case Layer::historical:
        return "What reports tell of long ago, as background.";
    case Layer::places:
        return "Places that reports name.";
    case Layer::mentions:
        return "Each time that a report names a place.";
    case Layer::zones:
        return "Safe zones, corridors and the like, as polygons.";
    case Layer::frontlines:
        return "Where two actors' areas meet.";
    case Layer::control:
        return "Who holds which area on a day.";
    }
    return {};
}

std::string data_dictionary() {
    std::string text =
        "# Data dictionary\n\nAll layers are in EPSG:4326, longitude first. What is not known is "
        "empty (null); tables without shapes have `lon` and `lat` besides.\n";
    for (Layer const layer : all_layers) {
        text += fmt::format("\n## {}\n\n{}\n\n| field | kind | meaning |\n|---|---|---|\n", name_of(layer),
                            meaning_of(layer));
        for (LayerField const& field : fields_of(layer)) {
            text += fmt::format("| `{}` | {} | {} |\n", field.name, name_of(field.kind), field.meaning);
        }
    }
    return text;
}

std::string spreadsheet_text(std::string_view text) {
    bool const is_formula =
        !text.empty() && std::string_view{"=+-@\t\r"}.find(text.front()) != std::string_view::npos;
    return is_formula ? fmt::format("'{}", text) : std::string{text};
}

} // namespace kharita::store
