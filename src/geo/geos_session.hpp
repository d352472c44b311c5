#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "geo/geometry.hpp"
#include "geo/geos.hpp"
#include "geo/geos_library.hpp"

namespace kharita::geo {

// What geos.cpp and thiessen.cpp share; others use geos.hpp.

inline constexpr double grid = 1e-7;

static_assert(sizeof(LonLat) == 2 * sizeof(double), "positions are copied to GEOS in one go");

// Called from C: must not throw, so the message is only noted and raised later.
inline void note_error(char const* message, void* last_error) noexcept {
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

inline int dimension_of(Geometry const& geometry) noexcept {
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

/// One session of GEOS.
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

} // namespace kharita::geo
