#include "geoparse/precision.hpp"

#include <algorithm>
#include <cmath>

#include "geo/geodesic.hpp"

namespace kharita::geoparse {

namespace {

using gazetteer::FeatureClass;

std::optional<Relation::Kind> relation_of(Setting const& setting) {
    if (setting.distance) {
        return Relation::Kind::offset;
    }
    if (setting.compass) {
        return Relation::Kind::direction;
    }
    switch (setting.nearness) {
    case Nearness::countryside:
        return Relation::Kind::part;
    case Nearness::near:
        return Relation::Kind::near;
    case Nearness::outskirts:
        return Relation::Kind::outskirts;
    case Nearness::axis:
        return Relation::Kind::axis;
    case Nearness::road:
        return Relation::Kind::road;
    case Nearness::between:
        return Relation::Kind::between;
    case Nearness::centre:
    case Nearness::none:
        break;
    }
    return setting.attribute ? std::optional{Relation::Kind::direction} : std::nullopt;
}

bool is_point(FeatureClass value) {
    return value == FeatureClass::settlement || value == FeatureClass::neighbourhood ||
           value == FeatureClass::facility || value == FeatureClass::natural;
}

/// A slice of a disc round `centre`, 90 degrees wide about `middle`; the ring runs counter-clockwise.
Polygon sector(LonLat centre, Degrees middle, Metres radius) {
    constexpr double half_width = 45;
    constexpr int steps = 10;
    Ring ring{rounded(centre)};
    for (int i = 0; i <= steps; ++i) {
        double const azimuth = middle.value + half_width - 2 * half_width * i / steps;
        ring.push_back(
            rounded(geo::destination(centre, Degrees{azimuth < 0 ? azimuth + 360 : azimuth}, radius)));
    }
    ring.push_back(ring.front());
    return {std::move(ring), {}};
}

Polygon disc(LonLat centre, Metres radius) {
    constexpr int corners = 32;
    Ring ring;
    for (int i = 0; i < corners; ++i) {
        ring.push_back(rounded(geo::destination(centre, Degrees{360.0 - 360.0 * i / corners}, radius)));
    }
    ring.push_back(ring.front());
    return {std::move(ring), {}};
}

/// What a direction or nearness does to a town: how far «شمال X» and «قرب X» reach.
constexpr Metres reach_of_direction{15000};
constexpr Metres reach_of_near{5000};
constexpr Metres reach_of_outskirts{2000};

/// A river, range or road of which only the part near its scope is meant.
bool is_stretch(Context const& context, Draft const& draft, Draft const* scope) {
    constexpr double long_feature = 30000;
    auto const value = context.gazetteer.feature_class_of(draft.place);
    return scope != nullptr && draft.bond == Bond::stated && scope->place != gazetteer::no_place &&
           (value == FeatureClass::natural || value == FeatureClass::line) &&
           context.gazetteer.place(draft.place).uncertainty.value > long_feature &&
           is_point(context.gazetteer.feature_class_of(scope->place));
}

/// «10 كم شرق X»: the point at that distance, or a ring's worth of doubt round X where no side is stated.
/// Where X says where another place is, X stays where it is.
void locate_offset(Draft const& draft, Relation const& relation, Mention& mention) {
    constexpr double least = 2000;
    double const far = relation.distance->value;
    LonLat const from = *mention.at;
    if (!relation.direction) {
        mention.uncertainty = Metres{far + least};
        mention.area = disc(from, *mention.uncertainty);
        return;
    }
    // "East" is said of anything nearer to east than to the other seven points: 22.5 degrees to each side.
    constexpr double doubt_of_side = 0.41; // tan 22.5°
    LonLat const there = geo::destination(from, *relation.direction, *relation.distance);
    Metres const doubt{std::max({least, far / 10, far * doubt_of_side})};
    mention.area = disc(there, doubt);
    if (!draft.binds && !draft.setting.belongs) {
        mention.at = rounded(there);
        mention.uncertainty = doubt;
    }
}

void locate_stretch(Context const& context, Draft const& scope, std::string const& scope_id,
                    Mention& mention) {
    Place const& near = context.gazetteer.place(scope.place);
    Relation relation;
    relation.kind = Relation::Kind::near;
    relation.of.push_back(scope_id);
    relation.direction = scope.setting.compass ? std::optional{scope.setting.compass->azimuth} : std::nullopt;
    mention.at = rounded(near.at);
    mention.uncertainty = Metres{std::max(near.uncertainty.value, reach_of_direction.value)};
    mention.area = relation.direction ? sector(near.at, *relation.direction, reach_of_direction)
                                      : disc(near.at, *mention.uncertainty);
    mention.relation = std::move(relation);
    mention.geo_precision = 2;
    mention.where_prec = 2;
}

/// A town that stands for its province or for the base called after it, and a plain or strait: no exact
/// point.
void blur(Setting const& setting, FeatureClass value, Precision& precision, Mention& mention) {
    constexpr double wide = 5000;
    constexpr double very_wide = 50000;
    constexpr double beyond_countries = 400000;
    if (value == FeatureClass::natural && mention.uncertainty->value > wide) {
        precision = mention.uncertainty->value > very_wide ? Precision{3, 5} : Precision{2, 2};
    }
    if (value == FeatureClass::region && mention.uncertainty->value > beyond_countries) {
        precision = {3, 6};
    }
    bool const town = value == FeatureClass::settlement || value == FeatureClass::neighbourhood;
    if (!town || !setting.type || setting.type->likeliest == value) {
        return;
    }
    constexpr double reach_of_province = 40000;
    constexpr double reach_of_district = 15000;
    constexpr double reach_of_facility = 3000;
    auto const widen = [&](double reach) {
        mention.uncertainty = Metres{std::max(mention.uncertainty->value, reach)};
    };
    switch (setting.type->likeliest) {
    case FeatureClass::admin1:
        precision = precision_of(FeatureClass::admin1);
        widen(reach_of_province);
        break;
    case FeatureClass::admin2:
    case FeatureClass::admin3:
        precision = precision_of(FeatureClass::admin3);
        widen(reach_of_district);
        break;
    case FeatureClass::facility:
        precision = {2, 2};
        widen(reach_of_facility);
        break;
    default:
        break;
    }
}

} // namespace

Precision precision_of(FeatureClass value) noexcept {
    switch (value) {
    case FeatureClass::settlement:
    case FeatureClass::neighbourhood:
    case FeatureClass::facility:
        return {1, 1};
    case FeatureClass::natural:
        return {1, 2};
    case FeatureClass::line:
        return {2, 5};
    case FeatureClass::admin3:
        return {2, 3};
    case FeatureClass::admin2:
        return {3, 3};
    case FeatureClass::admin1:
        return {3, 4};
    case FeatureClass::region:
        return {3, 5};
    case FeatureClass::country:
        return {3, 6};
    }
    return {};
}

void locate(Context const& context, Draft const& draft, Draft const* scope, Mention& mention) {
    if (is_stretch(context, draft, scope)) {
        locate_stretch(context, *scope, mention.scope.value_or(mention.id), mention);
        return;
    }
    Place const& place = context.gazetteer.place(draft.place);
    FeatureClass const value = context.gazetteer.feature_class_of(draft.place);
    Precision precision = precision_of(value);
    mention.at = rounded(place.at);
    mention.uncertainty = place.uncertainty;
    blur(draft.setting, value, precision, mention);
    auto const kind = relation_of(draft.setting);
    if (!kind) {
        mention.geo_precision = precision.acled;
        mention.where_prec = precision.ucdp;
        return;
    }
    Relation relation;
    relation.kind = *kind;
    relation.of.push_back(mention.id);
    relation.direction = draft.setting.compass     ? std::optional{draft.setting.compass->azimuth}
                         : draft.setting.attribute ? draft.setting.attribute
                                                   : std::nullopt;
    relation.distance = draft.setting.distance;
    if (*kind == Relation::Kind::offset) {
        locate_offset(draft, relation, mention);
        precision = {2, 2};
    } else if (is_point(value)) {
        Metres const reach = *kind == Relation::Kind::direction   ? reach_of_direction
                             : *kind == Relation::Kind::outskirts ? reach_of_outskirts
                                                                  : reach_of_near;
        mention.uncertainty = Metres{std::max(place.uncertainty.value, reach.value)};
        precision = {2, *kind == Relation::Kind::between ? 5 : 2};
        mention.area = relation.direction ? sector(place.at, *relation.direction, reach)
                                          : disc(place.at, *mention.uncertainty);
    } else if (value == FeatureClass::country) {
        precision = {3, 5};
    } else if (relation.direction) {
        // The unit's own radius, on the stated side; the point stays at its centre.
        mention.area = sector(place.at, *relation.direction, place.uncertainty);
    }
    mention.relation = std::move(relation);
    mention.geo_precision = precision.acled;
    mention.where_prec = precision.ucdp;
}

void relate_ends(Mention& first, Mention& second) {
    if (!first.at || !second.at || !first.relation || !second.relation || *first.at == *second.at) {
        return;
    }
    constexpr double least = 2000;
    constexpr double longest = 200000; // beyond it, no report tells of the stretch
    if (geo::distance(*first.at, *second.at).value > longest) {
        return;
    }
    LonLat const a = *first.at;
    LonLat const b = *second.at;
    double const along = geo::azimuth(a, b).value;
    Metres const half{std::max(least, geo::distance(a, b).value / 10)};
    auto const beside = [&](LonLat at, double turn) {
        return rounded(geo::destination(at, Degrees{std::fmod(along + turn + 360, 360.0)}, half));
    };
    // To the right of the way there and to the left of it back: counter-clockwise.
    Ring ring{beside(a, 90), beside(b, 90), beside(b, -90), beside(a, -90)};
    ring.push_back(ring.front());
    for (Mention* const each : {&first, &second}) {
        each->relation->of = {first.id, second.id};
        each->area = Polygon{ring, {}};
        each->uncertainty = Metres{
            std::max(each->uncertainty.value_or(Metres{0}).value, std::round(geo::distance(a, b).value))};
    }
}

void unrelate_single_end(Mention& mention) {
    bool const between = mention.relation && mention.relation->kind == Relation::Kind::between;
    if (!between || mention.relation->of.size() > 1 || !mention.place) {
        return;
    }
    Precision const precision = precision_of(gazetteer::feature_class(mention.place->feature));
    mention.relation.reset();
    mention.area.reset();
    mention.at = rounded(mention.place->at);
    mention.uncertainty = mention.place->uncertainty;
    mention.geo_precision = precision.acled;
    mention.where_prec = precision.ucdp;
}

} // namespace kharita::geoparse
