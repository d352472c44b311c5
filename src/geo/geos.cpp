#include "geo/geos.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <iterator>
#include <limits>
#include <numbers>
#include <numeric>
#include <utility>

#include "base/error.hpp"
#include "geo/geometry.hpp"
#include "geo/geos_library.hpp"
#include "geo/projection.hpp"

namespace kharita::geo {

namespace {

constexpr double grid = 1e-7;

static_assert(sizeof(LonLat) == 2 * sizeof(double), "positions are copied to GEOS in one go");

// Called from C: must not throw, so the message is only noted and raised later.
void note_error(char const* message, void* last_error) noexcept {
    try {
        *static_cast<std::string*>(last_error) = message;
    } catch (...) { // out of memory: an empty message is good enough
        return;
    }
}

struct FinishContext {
    void operator()(GEOSContextHandle_HS* context) const noexcept { geos().finish(context); }
};

struct DestroyGeometry {
    GEOSContextHandle_t context = nullptr;
    void operator()(GEOSGeometry* geometry) const noexcept { geos().destroy(context, geometry); }
};

struct FreeText {
    GEOSContextHandle_t context = nullptr;
    void operator()(char* text) const noexcept { geos().free(context, text); }
};

using GeosPtr = std::unique_ptr<GEOSGeometry, DestroyGeometry>;

int dimension_of(Geometry const& geometry) noexcept {
    return static_cast<int>(geometry.index()) / 2; // points 0, lines 1, polygons 2
}

/// The parts of one dimension, single where there is one.
template <typename Multi, typename Single, typename Part>
Geometry single_or_multi(std::vector<Part> parts) {
    if (parts.size() == 1) {
        return Single{std::move(parts.front())};
    }
    return Multi{std::move(parts)};
}

} // namespace

struct Geos::State {
    std::string last_error; // GEOS holds its address
    std::unique_ptr<GEOSContextHandle_HS, FinishContext> context{geos().begin()};

    State() {
        if (!context) {
            fail<GeometryError>("GEOS: cannot begin a session");
        }
        geos().set_error_message_handler(context.get(), note_error, &last_error);
    }

    GEOSContextHandle_t raw() const noexcept { return context.get(); }

    GeosPtr own(GEOSGeometry* geometry, char const* doing) {
        if (geometry == nullptr) {
            fail<GeometryError>("{}: {}", doing, std::exchange(last_error, {}));
        }
        return GeosPtr{geometry, DestroyGeometry{raw()}};
    }

    /// Answers of GEOS predicates: 0, 1, or 2 for "failed".
    bool answer(char value, char const* doing) {
        if (value != 0 && value != 1) {
            fail<GeometryError>("{}: {}", doing, std::exchange(last_error, {}));
        }
        return value == 1;
    }

    GEOSCoordSequence* sequence(std::vector<LonLat> const& positions) {
        GEOSCoordSequence* const copy =
            geos().copy_from_buffer(raw(), reinterpret_cast<double const*>(positions.data()),
                                    static_cast<unsigned>(positions.size()), 0, 0);
        if (copy == nullptr) {
            fail<GeometryError>("GEOS: copying positions: {}", std::exchange(last_error, {}));
        }
        return copy;
    }

    GeosPtr to_geos(Point const& each) {
        return own(geos().create_point(raw(), each.at.lon, each.at.lat), "GEOS: making a point");
    }
    GeosPtr to_geos(LineString const& each) {
        return own(geos().create_line_string(raw(), sequence(each.points)), "GEOS: making a line");
    }
    GeosPtr ring(Ring const& each) {
        return own(geos().create_linear_ring(raw(), sequence(each)), "GEOS: making a ring");
    }
    GeosPtr to_geos(Polygon const& each) {
        GeosPtr outer = ring(each.outer);
        std::vector<GeosPtr> owned;
        owned.reserve(each.holes.size());
        for (Ring const& hole : each.holes) {
            owned.push_back(ring(hole));
        }
        std::vector<GEOSGeometry*> holes = released(owned);
        return own(
            geos().create_polygon(raw(), outer.release(), holes.data(), static_cast<unsigned>(holes.size())),
            "GEOS: making a polygon");
    }

    /// Gives the parts away: GEOS takes them over, also when it fails.
    static std::vector<GEOSGeometry*> released(std::vector<GeosPtr>& owned) {
        std::vector<GEOSGeometry*> parts(owned.size());
        std::transform(owned.begin(), owned.end(), parts.begin(),
                       [](GeosPtr& part) { return part.release(); });
        return parts;
    }

    GeosPtr collection(int type, std::vector<GeosPtr> owned) {
        std::vector<GEOSGeometry*> parts = released(owned);
        return own(geos().create_collection(raw(), type, parts.data(), static_cast<unsigned>(parts.size())),
                   "GEOS: collecting parts");
    }

    template <typename Part>
    GeosPtr multi(int type, std::vector<Part> const& parts) {
        std::vector<GeosPtr> owned;
        owned.reserve(parts.size());
        for (Part const& part : parts) {
            owned.push_back(to_geos(part));
        }
        return collection(type, std::move(owned));
    }
    GeosPtr to_geos(MultiPoint const& each) {
        std::vector<Point> points;
        points.reserve(each.points.size());
        for (LonLat const at : each.points) {
            points.push_back({at});
        }
        return multi(GEOS_MULTIPOINT, points);
    }
    GeosPtr to_geos(MultiLineString const& each) { return multi(GEOS_MULTILINESTRING, each.lines); }
    GeosPtr to_geos(MultiPolygon const& each) { return multi(GEOS_MULTIPOLYGON, each.polygons); }

    GeosPtr to_geos(Geometry const& geometry) {
        if (auto const problem = problem_of(geometry)) {
            fail<GeometryError>("{}", *problem);
        }
        return std::visit([this](auto const& each) { return this->to_geos(each); }, geometry);
    }

    std::vector<LonLat> positions(GEOSGeometry const* geometry) {
        GEOSCoordSequence const* const sequence = geos().get_coord_seq(raw(), geometry);
        unsigned size = 0;
        if (sequence == nullptr || geos().get_size(raw(), sequence, &size) == 0) {
            fail<GeometryError>("GEOS: reading positions: {}", std::exchange(last_error, {}));
        }
        std::vector<LonLat> all(size);
        if (size > 0 &&
            geos().copy_to_buffer(raw(), sequence, reinterpret_cast<double*>(all.data()), 0, 0) == 0) {
            fail<GeometryError>("GEOS: reading positions: {}", std::exchange(last_error, {}));
        }
        return all;
    }

    Polygon polygon(GEOSGeometry const* geometry) {
        Polygon result{positions(geos().get_exterior_ring(raw(), geometry)), {}};
        int const holes = geos().get_num_interior_rings(raw(), geometry);
        for (int i = 0; i < holes; ++i) {
            result.holes.push_back(positions(geos().get_interior_ring_n(raw(), geometry, i)));
        }
        return right_handed(std::move(result));
    }

    /// What a geometry is made of, taken apart by kind, however deeply it is nested.
    struct Parts {
        std::vector<LonLat> points;
        std::vector<LineString> lines;
        std::vector<Polygon> polygons;
    };

    void take_apart(GEOSGeometry const* geometry, Parts& parts) {
        if (answer(geos().is_empty(raw(), geometry), "GEOS: is it empty")) {
            return;
        }
        switch (geos().geom_type_id(raw(), geometry)) {
        case GEOS_POINT:
            parts.points.push_back(positions(geometry).at(0));
            return;
        case GEOS_LINESTRING:
        case GEOS_LINEARRING:
            parts.lines.push_back({positions(geometry)});
            return;
        case GEOS_POLYGON:
            parts.polygons.push_back(polygon(geometry));
            return;
        default:
            int const count = geos().get_num_geometries(raw(), geometry);
            for (int i = 0; i < count; ++i) {
                take_apart(geos().get_geometry_n(raw(), geometry, i), parts);
            }
        }
    }

    Parts parts_of(GeosPtr const& geometry) {
        Parts parts;
        take_apart(geometry.get(), parts);
        return parts;
    }

    /// The parts of one dimension, on the grid.
    Geometry from_geos(GeosPtr const& geometry, int dimension) {
        Parts parts = parts_of(geometry);
        Geometry result;
        if (dimension == 0) {
            result = parts.points.size() == 1 ? Geometry{Point{parts.points.front()}}
                                              : Geometry{MultiPoint{std::move(parts.points)}};
        } else if (dimension == 1) {
            result = single_or_multi<MultiLineString, LineString>(std::move(parts.lines));
        } else {
            result = single_or_multi<MultiPolygon, Polygon>(std::move(parts.polygons));
        }
        return rounded(std::move(result)); // GEOS's grid may be off in the last bit
    }

    /// On the grid and valid there.
    GeosPtr snapped(GeosPtr const& geometry) {
        return own(geos().set_precision(raw(), geometry.get(), grid, 0), "GEOS: rounding to the grid");
    }
};

Geos::Geos() : m_state{std::make_unique<State>()} {}
Geos::Geos(Geos&&) noexcept = default;
Geos& Geos::operator=(Geos&&) noexcept = default;
Geos::~Geos() = default;

std::optional<std::string> Geos::invalid_because(Geometry const& geometry) {
    GeosPtr const shape = m_state->to_geos(geometry);
    if (m_state->answer(geos().is_valid(m_state->raw(), shape.get()), "GEOS: is it valid")) {
        return std::nullopt;
    }
    std::unique_ptr<char, FreeText> const reason{geos().is_valid_reason(m_state->raw(), shape.get()),
                                                 FreeText{m_state->raw()}};
    return reason ? std::string{reason.get()} : std::string{"not valid"};
}

Geometry Geos::make_valid(Geometry const& geometry) {
    GeosPtr const shape = m_state->to_geos(geometry);
    GeosPtr const valid = m_state->own(geos().make_valid(m_state->raw(), shape.get()), "GEOS: making valid");
    return m_state->from_geos(m_state->snapped(valid), dimension_of(geometry));
}

bool Geos::intersects(Geometry const& a, Geometry const& b) {
    GeosPtr const left = m_state->to_geos(a);
    GeosPtr const right = m_state->to_geos(b);
    return m_state->answer(geos().intersects(m_state->raw(), left.get(), right.get()), "GEOS: intersects");
}

bool Geos::covers(Geometry const& outer, Geometry const& inner) {
    GeosPtr const left = m_state->to_geos(outer);
    GeosPtr const right = m_state->to_geos(inner);
    return m_state->answer(geos().covers(m_state->raw(), left.get(), right.get()), "GEOS: covers");
}

Geometry Geos::intersection(Geometry const& a, Geometry const& b) {
    GeosPtr const left = m_state->to_geos(a);
    GeosPtr const right = m_state->to_geos(b);
    GeosPtr const common = m_state->own(
        geos().intersection_prec(m_state->raw(), left.get(), right.get(), grid), "GEOS: intersection");
    return m_state->from_geos(common, std::min(dimension_of(a), dimension_of(b)));
}

Geometry Geos::difference(Geometry const& a, Geometry const& b) {
    GeosPtr const left = m_state->to_geos(a);
    GeosPtr const right = m_state->to_geos(b);
    GeosPtr const rest = m_state->own(geos().difference_prec(m_state->raw(), left.get(), right.get(), grid),
                                      "GEOS: difference");
    return m_state->from_geos(rest, dimension_of(a));
}

Geometry Geos::union_all(std::span<Geometry const> geometries) {
    int dimension = 0;
    std::vector<GeosPtr> parts;
    parts.reserve(geometries.size());
    for (Geometry const& geometry : geometries) {
        dimension = std::max(dimension, dimension_of(geometry));
        parts.push_back(m_state->to_geos(geometry));
    }
    GeosPtr const all = m_state->collection(GEOS_GEOMETRYCOLLECTION, std::move(parts));
    GeosPtr const merged =
        m_state->own(geos().unary_union_prec(m_state->raw(), all.get(), grid), "GEOS: union");
    return m_state->from_geos(merged, dimension);
}

MultiPolygon Geos::coverage_union(std::span<Polygon const> polygons) {
    std::vector<GeosPtr> parts;
    parts.reserve(polygons.size());
    for (Polygon const& polygon : polygons) {
        parts.push_back(m_state->to_geos(Geometry{polygon}));
    }
    GeosPtr const all = m_state->collection(GEOS_MULTIPOLYGON, std::move(parts));
    GeosPtr const merged =
        m_state->own(geos().coverage_union(m_state->raw(), all.get()), "GEOS: union of a coverage");
    return polygons_of(m_state->from_geos(merged, 2));
}

std::vector<Polygon> Geos::polygonize(MultiLineString const& noded) {
    GeosPtr const lines = m_state->to_geos(Geometry{noded});
    GEOSGeometry const* const input = lines.get();
    GeosPtr const faces = m_state->own(geos().polygonize(m_state->raw(), &input, 1), "GEOS: polygonize");
    return m_state->parts_of(faces).polygons;
}

Geometry Geos::simplified(Geometry const& geometry, Degrees tolerance) {
    GeosPtr const shape = m_state->to_geos(geometry);
    GeosPtr const simple = m_state->own(
        geos().topology_preserve_simplify(m_state->raw(), shape.get(), tolerance.value), "GEOS: simplifying");
    return m_state->from_geos(m_state->snapped(simple), dimension_of(geometry));
}

LonLat Geos::point_inside(Geometry const& geometry) {
    GeosPtr const shape = m_state->to_geos(geometry);
    GeosPtr const point =
        m_state->own(geos().point_on_surface(m_state->raw(), shape.get()), "GEOS: a point inside");
    auto const points = m_state->parts_of(point).points;
    if (points.empty()) {
        fail<GeometryError>("GEOS: an empty geometry has no point inside");
    }
    return points.front();
}

namespace {

extern "C" int scale_longitude(double* lon, double* /*lat*/, void* factor) noexcept {
    *lon *= *static_cast<double const*>(factor);
    return 1;
}

} // namespace

LonLat Geos::label_point(Geometry const& area) {
    if (dimension_of(area) != 2) {
        fail<GeometryError>("only areas have a place for a label");
    }
    GeosPtr const given = m_state->to_geos(make_valid(area));
    Extent const around = extent(area);
    // Degrees of longitude as long as those of latitude at the area's middle: circles are circles there.
    double scale = std::max(0.01, std::cos((around.south + around.north) / 2 * std::numbers::pi / 180));
    GeosPtr const shape = m_state->own(
        geos().transform_xy(m_state->raw(), given.get(), scale_longitude, &scale), "GEOS: scaling an area");
    double const size = std::min((around.east - around.west) * scale, around.north - around.south);
    GeosPtr const radius =
        m_state->own(geos().maximum_inscribed_circle(m_state->raw(), shape.get(), std::max(size / 100, grid)),
                     "GEOS: the largest circle inside");
    auto const lines = m_state->parts_of(radius).lines;
    if (lines.empty()) {
        fail<GeometryError>("GEOS: an empty area has no circle inside");
    }
    LonLat const middle = lines.front().points.front(); // from there the radius goes to the border
    return rounded(LonLat{middle.lon / scale, middle.lat});
}

namespace {

/// The site that a Thiessen cell belongs to: the nearest to any position inside it.
class NearestSite {
public:
    explicit NearestSite(std::vector<PlanePoint> const& sites) : m_sites{sites}, m_by_x(sites.size()) {
        std::iota(m_by_x.begin(), m_by_x.end(), std::size_t{0});
        std::sort(m_by_x.begin(), m_by_x.end(), [&](std::size_t a, std::size_t b) {
            return std::pair{sites[a].x, a} < std::pair{sites[b].x, b};
        });
    }

    /// The lowest index where several are equally near.
    std::size_t operator()(PlanePoint at) const {
        auto const right = std::partition_point(m_by_x.begin(), m_by_x.end(),
                                                [&](std::size_t i) { return m_sites[i].x < at.x; });
        Best best;
        // Outwards on both sides, until even the difference in x is larger than the best distance.
        for (auto i = right; i != m_by_x.end() && best.may_improve(m_sites[*i].x - at.x); ++i) {
            best.consider(*i, m_sites[*i], at);
        }
        for (auto i = right; i != m_by_x.begin() && best.may_improve(at.x - m_sites[*std::prev(i)].x); --i) {
            best.consider(*std::prev(i), m_sites[*std::prev(i)], at);
        }
        return best.site;
    }

private:
    struct Best {
        std::size_t site = 0;
        double squared = std::numeric_limits<double>::infinity();

        bool may_improve(double dx) const noexcept { return dx * dx <= squared; }
        void consider(std::size_t index, PlanePoint position, PlanePoint at) noexcept {
            double const dx = position.x - at.x;
            double const dy = position.y - at.y;
            double const distance = dx * dx + dy * dy;
            if (distance < squared || (distance == squared && index < site)) {
                squared = distance;
                site = index;
            }
        }
    };

    std::vector<PlanePoint> const& m_sites;
    std::vector<std::size_t> m_by_x;
};

/// A rectangle of the plane round all sites, as a closed ring; its x and y stand for longitude and latitude.
Ring frame(std::vector<PlanePoint> const& sites, Metres margin) {
    double const infinity = std::numeric_limits<double>::infinity();
    PlanePoint low{infinity, infinity};
    PlanePoint high{-infinity, -infinity};
    for (PlanePoint const site : sites) {
        low = {std::min(low.x, site.x), std::min(low.y, site.y)};
        high = {std::max(high.x, site.x), std::max(high.y, site.y)};
    }
    low = {low.x - margin.value, low.y - margin.value};
    high = {high.x + margin.value, high.y + margin.value};
    return {{low.x, low.y}, {high.x, low.y}, {high.x, high.y}, {low.x, high.y}, {low.x, low.y}};
}

PlanePoint middle(Ring const& convex) {
    PlanePoint sum;
    for (std::size_t i = 1; i < convex.size(); ++i) {
        sum = {sum.x + convex[i].lon, sum.y + convex[i].lat};
    }
    auto const count = static_cast<double>(convex.size() - 1);
    return {sum.x / count, sum.y / count};
}

} // namespace

std::vector<Polygon> Geos::voronoi(std::span<LonLat const> sites, Metres margin) {
    std::vector<Polygon> cells(sites.size());
    Extent box;
    for (LonLat const site : sites) {
        if (!is_valid(site)) {
            fail<GeometryError>("Thiessen cells: the site [{}, {}] is no position", site.lon, site.lat);
        }
        box.add(site);
    }
    if (sites.empty()) {
        return cells;
    }
    auto const projection =
        Projection::azimuthal_equidistant({(box.west + box.east) / 2, (box.south + box.north) / 2});
    std::vector<PlanePoint> plane;
    std::vector<LonLat> spots; // plane metres in the place of degrees: GEOS knows no units
    for (LonLat const site : sites) {
        plane.push_back(projection.to_plane(rounded(site)));
        spots.push_back({plane.back().x, plane.back().y});
    }
    NearestSite const nearest{plane};
    auto const assign = [&](Ring const& ring) {
        Polygon& cell = cells[nearest(middle(ring))];
        cell.outer.clear();
        for (LonLat const corner : ring) {
            cell.outer.push_back(kharita::rounded(projection.to_lon_lat({corner.lon, corner.lat})));
        }
    };
    Ring const border = frame(plane, margin);
    if (std::adjacent_find(spots.begin(), spots.end(), std::not_equal_to<>{}) == spots.end()) {
        assign(border); // GEOS draws nothing for a single site
        return cells;
    }
    GeosPtr const input = m_state->own(geos().create_line_string(m_state->raw(), m_state->sequence(spots)),
                                       "GEOS: collecting sites");
    GeosPtr const rectangle = m_state->to_geos(Polygon{border, {}});
    GeosPtr const diagram = m_state->own(
        geos().voronoi_diagram(m_state->raw(), input.get(), rectangle.get(), 0, 0), "GEOS: Thiessen cells");
    for (Polygon const& cell : m_state->parts_of(diagram).polygons) {
        assign(cell.outer);
    }
    return cells;
}

} // namespace kharita::geo
