#include "overlay/zones.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <doctest/doctest.h>

#include "gazetteer/boundaries.hpp"
#include "geo/geodesic.hpp"
#include "geo/geojson.hpp"
#include "geo/geometry.hpp"

using namespace kharita;

namespace {

/// Least geodesic distance to a line by brute force over positions at most 200 m apart, refined to 2 m.
double metres_to(std::vector<LonLat> const& dense, LonLat at) {
    double best = std::numeric_limits<double>::infinity();
    std::size_t where = 0;
    for (std::size_t i = 0; i < dense.size(); ++i) {
        double const metres = geo::distance(at, dense[i]).value;
        if (metres < best) {
            best = metres;
            where = i;
        }
    }
    std::size_t const first = where == 0 ? 0 : where - 1;
    for (std::size_t i = first; i < std::min(where + 1, dense.size() - 1); ++i) {
        for (int k = 0; k <= 100; ++k) {
            double const t = k / 100.0;
            best = std::min(best, geo::distance(at, {std::lerp(dense[i].lon, dense[i + 1].lon, t),
                                                     std::lerp(dense[i].lat, dense[i + 1].lat, t)})
                                      .value);
        }
    }
    return best;
}

std::vector<LonLat> dense(MultiLineString const& lines) {
    std::vector<LonLat> all;
    for (LineString const& line : lines.lines) {
        for (std::size_t i = 1; i < line.points.size(); ++i) {
            LonLat const a = line.points[i - 1];
            LonLat const b = line.points[i];
            double const pieces = std::ceil(geo::distance(a, b).value / 200);
            for (double k = 0; k <= pieces; k += 1) {
                all.push_back({std::lerp(a.lon, b.lon, k / pieces), std::lerp(a.lat, b.lat, k / pieces)});
            }
        }
    }
    return all;
}

gazetteer::Boundaries const& boundaries() {
    static auto const all = gazetteer::Boundaries::load(KHARITA_SOURCE_DIR "/gazetteer/boundaries");
    return all;
}

overlay::Config const& config() {
    static auto const shipped = overlay::Config::load(KHARITA_SOURCE_DIR "/schemas/overlay.json");
    return shipped;
}

Zone zone(std::string along, std::string side, std::optional<double> depth_km) {
    Zone each;
    each.id = "z1";
    each.along = std::move(along);
    each.side = std::move(side);
    each.depth_km = depth_km;
    return each;
}

} // namespace

TEST_CASE(
    "zone_area: every position of the outline is at the depth, on the border or on the country's outline") {
    geo::Geos geos;
    for (double const depth : {5.0, 30.0}) {
        auto const area =
            overlay::zone_area(geos, zone("SYR-TUR border", "SYR", depth), boundaries(), config());
        REQUIRE_FALSE(area.area.polygons.empty());
        CHECK_FALSE(area.depth_assumed);
        CHECK_FALSE(geos.invalid_because(area.area).has_value());
        auto const border = dense(boundaries().border("SYR", "TUR")->line);
        MultiLineString outline;
        for (Polygon const& polygon : boundaries().find("SYR")->area.polygons) {
            outline.lines.push_back({polygon.outer});
        }
        auto const country = dense(outline);
        int inland = 0;
        for (Polygon const& polygon : area.area.polygons) {
            for (std::size_t i = 1; i < polygon.outer.size(); i += 3) {
                LonLat const at = polygon.outer[i];
                double const off = metres_to(border, at) / (depth * 1000);
                CHECK(off < 1.005);
                if (off < 0.995) { // then it is where the country ends
                    CHECK(metres_to(country, at) < 20);
                } else {
                    ++inland;
                }
            }
        }
        CHECK(inland > 50);
    }
}

TEST_CASE("zone_area: holds what is nearer than the depth and nothing farther, in this country only") {
    geo::Geos geos;
    auto const area = overlay::zone_area(geos, zone("SYR-TUR border", "SYR", 30), boundaries(), config());
    auto const border = dense(boundaries().border("SYR", "TUR")->line);
    MultiPolygon const& syria = boundaries().find("SYR")->area;
    int inside = 0;
    for (double lon = 35.8; lon < 42.4; lon += 0.17) {
        for (double lat = 35.4; lat < 37.4; lat += 0.13) {
            LonLat const at{lon, lat};
            double const off = metres_to(border, at) / 30'000;
            if (std::abs(off - 1) > 0.005) {
                bool const expected = off < 1 && geo::contains(syria, at);
                CHECK(geo::contains(area.area, at) == expected);
                inside += expected ? 1 : 0;
            }
        }
    }
    CHECK(inside > 30);
    // The border is some 850 km long in these outlines: a strip of 30 km is about 25,000 square kilometres.
    CHECK(geo::area(area.area).value / 1e6 > 15'000);
    CHECK(geo::area(area.area).value / 1e6 < 27'000);
}

TEST_CASE("zone_area: the other side, a governorate's side, an assumed depth, a length") {
    geo::Geos geos;
    auto const turkish = overlay::zone_area(geos, zone("TUR-SYR border", "TUR", 10), boundaries(), config());
    CHECK(geo::contains(turkish.area, {38.95, 36.75})); // Akcakale, north of the border
    CHECK_FALSE(geo::contains(turkish.area, {38.95, 36.65}));
    auto const idlib = overlay::zone_area(geos, zone("SYR-TUR border", "SY07", 10), boundaries(), config());
    CHECK(geo::area(idlib.area).value < geo::area(turkish.area).value / 3);
    auto assumed = zone("SYR-TUR border", "SYR", std::nullopt);
    assumed.length_km = 480;
    auto const usual = overlay::zone_area(geos, assumed, boundaries(), config());
    CHECK(usual.depth_assumed);
    CHECK(usual.depth_km == 30);
    CHECK(usual.why.find("assumed") != std::string::npos);
    CHECK(usual.why.find("480 km") != std::string::npos);
}

TEST_CASE("zone_area: without a line, a side, an outline or a depth there is no area, and it says why") {
    geo::Geos geos;
    auto const why = [&](Zone const& each) {
        auto const area = overlay::zone_area(geos, each, boundaries(), config());
        CHECK(area.area.polygons.empty());
        CHECK(area.zone == "z1");
        return area.why;
    };
    CHECK(why(zone("", "SYR", 5)).find("no border or road") != std::string::npos);
    CHECK(why(zone("M4", "SYR", 5)).find("no line for \"M4\"") != std::string::npos);
    CHECK(why(zone("SYR-EGY border", "SYR", 5)).find("no line") != std::string::npos);
    CHECK(why(zone("SYR-TUR border", "", 5)).find("which side") != std::string::npos);
    CHECK(why(zone("SYR-TUR border", "SY99", 5)).find("no outline") != std::string::npos);
    CHECK(why(zone("SYR-TUR border", "SY12", 5)).find("no ground") != std::string::npos); // Daraa
    CHECK(why(zone("SYR-TUR border", "SYR", 0)).find("between 0 and 500") != std::string::npos);
    Zone no_fly = zone("SYR-TUR border", "SYR", std::nullopt);
    no_fly.kind = ZoneKind::no_fly;
    CHECK(why(no_fly).find("none is usual for no_fly") != std::string::npos);
}

TEST_CASE("zone_area: between two places only the section from one to the other") {
    geo::Geos geos;
    std::string const section = "from Jarabulus (38.0111 36.8175) to Ayn al-Arab (38.3528 36.8900)";
    auto const named =
        overlay::zone_area(geos, zone("SYR-TUR border " + section, "SYR", 20), boundaries(), config());
    REQUIRE_FALSE(named.area.polygons.empty());
    CHECK_FALSE(geos.invalid_because(named.area).has_value());
    CHECK(geo::contains(named.area, {38.18, 36.8}));
    CHECK_FALSE(geo::contains(named.area, {37.9, 36.75})); // west of the one
    CHECK_FALSE(geo::contains(named.area, {38.46, 36.8})); // east of the other
    Extent const reach = extent(named.area);
    CHECK(reach.west > 37.9);
    CHECK(reach.east < 38.45);
    CHECK(overlay::zone_area(geos, zone(section, "SYR", 20), boundaries(), config()).area == named.area);
    std::string const back = "from Ayn al-Arab (38.3528 36.8900) to Jarabulus (38.0111 36.8175)";
    CHECK(overlay::zone_area(geos, zone(back, "SYR", 20), boundaries(), config()).area == named.area);
    Zone corridor = zone(section, "SYR", 20);
    corridor.kind = ZoneKind::corridor;
    CHECK(overlay::zone_area(geos, corridor, boundaries(), config()).area.polygons.empty());
    // Hama and Palmyra are on no border.
    auto const inland =
        overlay::zone_area(geos, zone("from Hama (36.7500 35.1300) to Palmyra (38.2800 34.5600)", "SYR", 5),
                           boundaries(), config());
    CHECK(inland.area.polygons.empty());
}

TEST_CASE("same_zones: several reports of one zone, the one that states most stands for all") {
    auto const zone = [](std::string along, std::optional<double> depth = {}) {
        Zone made;
        made.along = std::move(along);
        made.side = "SYR";
        made.depth_km = depth;
        return made;
    };
    using Positions = std::vector<std::size_t>;
    std::string const border = "SYR-TUR border";
    CHECK(overlay::same_zones({}).empty());
    std::vector<Zone> zones{zone(border), zone(border, 32), zone(border), zone("M4")};
    CHECK(overlay::same_zones(zones) == Positions{1, 1, 1, 3});
    // Depths that contradict each other are two proposals; who states none goes with the first.
    zones = {zone(border, 20), zone(border, 32), zone(border)};
    CHECK(overlay::same_zones(zones) == Positions{0, 1, 0});
    // Of equals the first.
    zones = {zone(border, 20), zone(border, 20)};
    CHECK(overlay::same_zones(zones) == Positions{0, 0});
    zones[1].status = ZoneStatus::agreed;
    CHECK(overlay::same_zones(zones) == Positions{0, 1});
    zones[1] = zones[0];
    zones[1].kind = ZoneKind::buffer;
    CHECK(overlay::same_zones(zones) == Positions{0, 1});
    zones[1] = zones[0];
    zones[1].side = "TUR";
    CHECK(overlay::same_zones(zones) == Positions{0, 1});
    zones[1] = zones[0];
    zones[0].name = "a";
    zones[1].name = "b";
    CHECK(overlay::same_zones(zones) == Positions{0, 1});
    // Nobody knows where these are.
    zones = {zone(""), zone("")};
    CHECK(overlay::same_zones(zones) == Positions{0, 1});
}

TEST_CASE("section_of: two positions, or nothing") {
    CHECK(overlay::section_of("from A (38.5 36.5) to B (39 37)")->to == LonLat{39, 37});
    CHECK_FALSE(overlay::section_of("from A (38.5 36.5) to B"));
    CHECK_FALSE(overlay::section_of("from A (38.5 136.5) to B (39 37)"));
    CHECK_FALSE(overlay::section_of("from A (38.5,36.5) to B (39 37)"));
    CHECK_FALSE(overlay::section_of("M4"));
    CHECK(overlay::border_of("SYR-TUR border from A (38.5 36.5) to B (39 37)").second == "TUR");
}

TEST_CASE("one_sided_buffer: lakes and islands of the side are kept") {
    geo::Geos geos;
    MultiLineString const line{{{{{36, 36}, {37, 36}}}}};
    Polygon const holed{{{36, 35}, {37, 35}, {37, 36}, {36, 36}, {36, 35}},
                        {{{36.4, 35.85}, {36.4, 35.9}, {36.5, 35.9}, {36.5, 35.85}, {36.4, 35.85}}}};
    Polygon const island{{{37.05, 35.9}, {37.1, 35.9}, {37.1, 35.95}, {37.05, 35.95}, {37.05, 35.9}}, {}};
    auto const area = overlay::one_sided_buffer(geos, line, {{holed, island}}, Metres{20'000});
    CHECK(area.polygons.size() == 2);
    CHECK_FALSE(geo::contains(area, {36.45, 35.87}));
    CHECK(geo::contains(area, {37.07, 35.92}));
    CHECK_FALSE(geo::contains(area, {36.5, 36.05}));
}

TEST_CASE("border_of: two countries, or nothing") {
    CHECK(overlay::border_of("SYR-TUR border") ==
          std::pair<std::string_view, std::string_view>{"SYR", "TUR"});
    CHECK(overlay::border_of("M4").first.empty());
    CHECK(overlay::border_of("SYR border").first.empty());
}
