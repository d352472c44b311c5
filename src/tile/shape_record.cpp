#include "tile/shape_record.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <type_traits>
#include <utility>

#include "base/thread_pool.hpp"
#include "tile/mvt_decoder.hpp"
#include "tile/simplify.hpp"

namespace kharita::tile {

namespace {

static_assert(std::endian::native == std::endian::little, "numbers are written as they lie in memory");
static_assert(sizeof(PathFacts) == 56 && sizeof(PathRecord::Arc) == 40 && sizeof(PutBack) == 12,
              "nothing undefined lies between their members");

/// Cuts the paths of all coverages and joins what comes out.
class Recorder {
public:
    Recorder(LayerData const& layer, PathKind kind, std::size_t jobs)
        : m_layer{layer},
          m_kind{kind},
          m_jobs{jobs},
          m_paths{kind == PathKind::ring ? layer.rings : layer.lines} {}

    PathRecord run() {
        std::vector<std::vector<Path>> paths(m_layer.coverage_count);
        std::vector<std::size_t> place_in;
        place_in.reserve(m_paths.size());
        m_record.paths.reserve(m_paths.size());
        for (Path const& path : m_paths) {
            std::uint32_t const coverage = m_layer.coverages[path.feature];
            m_record.paths.push_back(facts_of(path, coverage, m_layer.vertices, m_kind));
            place_in.push_back(paths[coverage].size());
            paths[coverage].push_back(path);
        }
        std::vector<Arcs> coverages(paths.size());
        std::size_t const inner_jobs = paths.size() == 1 ? m_jobs : 1;
        parallel_for(paths.size(), m_jobs, [&](std::size_t i) {
            auto* const cut = m_kind == PathKind::ring ? &cut_into_arcs : &cut_unrated;
            coverages[i] =
                cut(number_vertices(m_layer.vertices, paths[i], m_kind, inner_jobs), m_kind, inner_jobs, {});
        });
        m_record.put_back.resize(static_cast<std::size_t>(m_layer.maxzoom - m_layer.minzoom) + 1);
        std::vector<std::uint32_t> first;
        for (std::uint32_t i = 0; i < coverages.size(); ++i) {
            first.push_back(static_cast<std::uint32_t>(m_record.arcs.size()));
            append(coverages[i], i);
        }
        m_record.use_begin.push_back(0);
        for (std::size_t path = 0; path < m_paths.size(); ++path) {
            std::uint32_t const coverage = m_record.paths[path].coverage;
            for (ArcUse const use : coverages[coverage].uses_of(place_in[path])) {
                m_record.uses.push_back(2 * (first[coverage] + use.arc) + (use.reversed ? 1 : 0));
            }
            m_record.use_begin.push_back(m_record.uses.size());
        }
        return std::move(m_record);
    }

private:
    void append(Arcs const& arcs, std::uint32_t coverage) {
        auto const first = static_cast<std::uint32_t>(m_record.arcs.size());
        std::size_t const shift = m_record.vertices.size();
        for (Arc const& arc : arcs.arcs) {
            PathRecord::Arc each{arc.begin + shift,
                                 static_cast<std::uint32_t>(arc.end - arc.begin),
                                 coverage,
                                 arc.is_free ? 1U : 0U,
                                 {}};
            for (std::size_t i = arc.begin; i < arc.end; ++i) {
                each.box.add(arcs.vertices[i]);
            }
            m_record.arcs.push_back(each);
        }
        m_record.vertices.append(arcs.vertices);
        m_record.keep_below.append(arcs.keep_below);
        if (m_kind == PathKind::line || arcs.arcs.empty()) {
            return;
        }
        parallel_for(m_record.put_back.size(), m_jobs, [&](std::size_t i) {
            int const zoom = m_layer.minzoom + static_cast<int>(i);
            for (PutBack each : put_back(arcs, tolerance_at(m_layer.config, zoom, m_layer.maxzoom))) {
                each.arc += first;
                m_record.put_back[i].push_back(each);
            }
        });
    }

    LayerData const& m_layer;
    PathKind m_kind;
    std::size_t m_jobs;
    std::span<Path const> m_paths;
    PathRecord m_record;
};

template <typename Number>
std::string_view bytes_of(std::span<Number const> column) noexcept {
    static_assert(std::is_trivially_copyable_v<Number>);
    return {reinterpret_cast<char const*>(column.data()), column.size_bytes()};
}

/// Columns one after the other, each with its size before it and filled up to eight bytes.
class ColumnWriter {
public:
    template <typename Number>
    void add(std::vector<Number> const& column) {
        add_bytes(bytes_of(std::span{column}));
    }
    template <typename Number>
    void add(Grown<Number> const& column) {
        begin(column.size() * sizeof(Number));
        refer(bytes_of(column.given()));
        refer(bytes_of(column.own()));
        fill(column.size() * sizeof(Number));
    }
    void add_bytes(std::string_view bytes) {
        begin(bytes.size());
        m_small += bytes;
        fill(bytes.size());
    }
    void add(std::vector<std::string> const& names) {
        add(std::vector<std::uint64_t>{names.size()});
        for (std::string const& name : names) {
            add_bytes(name);
        }
    }
    ShapeBytes take() {
        end_small();
        return std::move(m_bytes);
    }

private:
    void begin(std::uint64_t size) { m_small.append(reinterpret_cast<char const*>(&size), sizeof size); }
    void fill(std::size_t size) { m_small.append((8 - size % 8) % 8, '\0'); }
    void refer(std::string_view bytes) {
        end_small();
        m_bytes.pieces.push_back(bytes);
        m_bytes.size += bytes.size();
    }
    void end_small() {
        std::string const& kept = m_bytes.own.emplace_back(std::exchange(m_small, {}));
        m_bytes.pieces.push_back(kept);
        m_bytes.size += kept.size();
    }

    ShapeBytes m_bytes;
    std::string m_small; ///< what comes next
};

class ColumnReader {
public:
    ColumnReader(std::string_view bytes, Columns columns) : m_bytes{bytes}, m_columns{columns} {}

    std::string_view next_bytes() {
        std::uint64_t size = 0;
        if (m_bytes.size() < sizeof size) {
            fail<FormatError>("index: it ends early");
        }
        std::memcpy(&size, m_bytes.data(), sizeof size);
        m_bytes.remove_prefix(sizeof size);
        if (size > m_bytes.size() || (8 - size % 8) % 8 > m_bytes.size() - size) {
            fail<FormatError>("index: it ends early");
        }
        std::string_view const column = m_bytes.substr(0, size);
        m_bytes.remove_prefix(size + (8 - size % 8) % 8);
        return column;
    }
    template <typename Number>
    void read(std::vector<Number>& column) {
        static_assert(std::is_trivially_copyable_v<Number>);
        std::string_view const bytes = next_bytes();
        if (bytes.size() % sizeof(Number) != 0) {
            fail<FormatError>("index: a column is damaged");
        }
        column.resize(bytes.size() / sizeof(Number));
        if (!bytes.empty()) {
            std::memcpy(static_cast<void*>(column.data()), bytes.data(), bytes.size());
        }
    }
    template <typename Number>
    void read(Grown<Number>& column) {
        std::string_view const bytes = m_bytes;
        std::vector<Number> numbers;
        bool const in_place = m_columns == Columns::in_place &&
                              reinterpret_cast<std::uintptr_t>(bytes.data()) % alignof(Number) == 0;
        if (!in_place) {
            read(numbers);
            column = Grown<Number>{std::move(numbers)};
            return;
        }
        std::string_view const own = next_bytes();
        if (own.size() % sizeof(Number) != 0) {
            fail<FormatError>("index: a column is damaged");
        }
        // Numbers of which every pattern of bytes is one, written from memory like this.
        column = Grown<Number>{
            std::span{reinterpret_cast<Number const*>(own.data()), own.size() / sizeof(Number)}};
    }
    void read(std::vector<std::string>& names) {
        std::vector<std::uint64_t> count;
        read(count);
        if (count.size() != 1 || count.front() > m_bytes.size() / sizeof(std::uint64_t)) {
            fail<FormatError>("index: names are damaged");
        }
        for (std::uint64_t i = 0; i < count.front(); ++i) {
            names.emplace_back(next_bytes());
        }
    }

private:
    std::string_view m_bytes;
    Columns m_columns;
};

void require(bool is_so) {
    if (!is_so) {
        fail<FormatError>("index: numbers in a layer of lines or polygons lead outside");
    }
}

bool is_rising(std::vector<std::uint64_t> const& ends, std::uint64_t last) {
    return std::is_sorted(ends.begin(), ends.end()) && (ends.empty() ? last == 0 : ends.back() == last);
}

void check(PathRecord const& record, PathKind kind, std::size_t features, std::size_t coverages,
           std::size_t zooms) {
    require(record.use_begin.size() == record.paths.size() + 1 && record.use_begin.front() == 0 &&
            is_rising(record.use_begin, record.uses.size()));
    require(record.keep_below.size() == (kind == PathKind::ring ? record.vertices.size() : 0));
    for (PathRecord::Arc const& arc : record.arcs) {
        require(arc.coverage < coverages && arc.begin <= record.vertices.size() &&
                arc.size <= record.vertices.size() - arc.begin && arc.size != 1 && arc.is_free <= 1 &&
                (arc.size == 0 || !arc.box.is_empty()));
    }
    for (std::uint32_t const use : record.uses) {
        require(use / 2 < record.arcs.size() && record.arcs[use / 2].size > 0);
    }
    for (std::size_t i = 0; i < record.paths.size(); ++i) {
        PathFacts const& path = record.paths[i];
        require(path.feature < features && path.coverage < coverages && !record.uses_of(i).empty() &&
                (i == 0 || record.paths[i - 1].feature <= path.feature) && !path.box.is_empty() &&
                std::isfinite(path.area) && std::isfinite(path.length));
    }
    require(record.put_back.size() == zooms);
    for (std::vector<PutBack> const& zoom : record.put_back) {
        require(std::is_sorted(zoom.begin(), zoom.end()));
        for (PutBack const& each : zoom) {
            require(each.arc < record.arcs.size() && each.vertex < record.arcs[each.arc].size &&
                    each.round < record.vertices.size());
        }
    }
}

void check(ShapeRecord const& record) {
    std::size_t const features = record.ids.size();
    std::size_t const coverages = std::max<std::size_t>(record.coverage_names.size(), 1);
    require(record.ranks.size() == features && record.coverages.size() == features &&
            record.tag_ends.size() == features);
    require(is_rising(record.tag_ends, record.tags.size()) &&
            is_rising(record.value_ends, record.values.size()));
    for (std::size_t i = 0; i < features; ++i) {
        require(record.coverages[i] < coverages && std::isfinite(record.ranks[i]));
    }
    for (Tag const tag : record.tags) {
        require(tag.key < record.keys.size() && tag.value < record.value_ends.size());
    }
    require(record.key_tiles.size() == record.keys.size());
    std::size_t const zooms = static_cast<std::size_t>(record.maxzoom - record.minzoom) + 1;
    require(record.zoom_tiles.size() == zooms);
    for (std::size_t i = 0; i < path_kinds.size(); ++i) {
        check(record.paths[i], path_kinds[i], features, coverages, zooms);
    }
}

} // namespace

void record_features(LayerData const& layer, ShapeRecord& record) {
    record.minzoom = layer.minzoom;
    record.maxzoom = layer.maxzoom;
    record.ids = layer.ids;
    record.ranks = layer.ranks;
    record.coverages = layer.coverages;
    record.coverage_names = layer.coverage_names;
    for (LayerData::Key const& key : layer.keys) {
        record.keys.push_back(key.name);
    }
    record.tag_ends.assign(layer.tag_begin.begin() + 1, layer.tag_begin.end());
    auto const add_value = [&](std::string_view bytes) {
        record.values += bytes;
        record.value_ends.push_back(record.values.size());
    };
    for (std::uint32_t value = 0; value < layer.values.size(); ++value) {
        add_value(layer.values[value]);
    }
    for (std::uint32_t value = 0; value < layer.single_values.size(); ++value) {
        add_value(layer.single_values[value]);
    }
    auto const singles = static_cast<std::uint32_t>(layer.values.size());
    record.tags.reserve(layer.tags.size());
    for (Tag const tag : layer.tags) {
        bool const single = (tag.value & single_value) != 0;
        record.tags.push_back({tag.key, single ? (tag.value & ~single_value) + singles : tag.value});
    }
    record.key_tiles.assign(record.keys.size(), 0);
    record.zoom_tiles.assign(static_cast<std::size_t>(layer.maxzoom - layer.minzoom) + 1, 0);
}

ShapeRecord record_shapes(LayerData const& layer, std::size_t jobs) {
    ShapeRecord record;
    record_features(layer, record);
    for (std::size_t i = 0; i < path_kinds.size(); ++i) {
        record.paths[i] = Recorder{layer, path_kinds[i], jobs}.run();
    }
    return record;
}

ShapeBytes write_shapes(ShapeRecord const& record) {
    ColumnWriter writer;
    writer.add(std::vector<std::int64_t>{record.minzoom, record.maxzoom});
    writer.add(record.ids);
    writer.add(record.ranks);
    writer.add(record.coverages);
    writer.add(record.coverage_names);
    writer.add(record.keys);
    writer.add(record.tag_ends);
    writer.add(record.tags);
    writer.add(record.value_ends);
    writer.add_bytes(record.values);
    writer.add(record.key_tiles);
    writer.add(record.zoom_tiles);
    for (PathRecord const& paths : record.paths) {
        writer.add(paths.paths);
        writer.add(paths.use_begin);
        writer.add(paths.uses);
        writer.add(paths.arcs);
        writer.add(paths.vertices);
        writer.add(paths.keep_below);
        for (std::vector<PutBack> const& zoom : paths.put_back) {
            writer.add(zoom);
        }
    }
    return writer.take();
}

ShapeRecord read_shapes(std::string_view bytes, Columns columns) {
    ColumnReader reader{bytes, columns};
    ShapeRecord record;
    std::vector<std::int64_t> zooms;
    reader.read(zooms);
    require(zooms.size() == 2 && zooms[0] >= 0 && zooms[0] <= zooms[1] && zooms[1] <= max_zoom);
    record.minzoom = static_cast<int>(zooms[0]);
    record.maxzoom = static_cast<int>(zooms[1]);
    reader.read(record.ids);
    reader.read(record.ranks);
    reader.read(record.coverages);
    reader.read(record.coverage_names);
    reader.read(record.keys);
    reader.read(record.tag_ends);
    reader.read(record.tags);
    reader.read(record.value_ends);
    record.values = reader.next_bytes();
    reader.read(record.key_tiles);
    reader.read(record.zoom_tiles);
    for (PathRecord& paths : record.paths) {
        reader.read(paths.paths);
        reader.read(paths.use_begin);
        reader.read(paths.uses);
        reader.read(paths.arcs);
        reader.read(paths.vertices);
        reader.read(paths.keep_below);
        paths.put_back.resize(static_cast<std::size_t>(record.maxzoom - record.minzoom) + 1);
        for (std::vector<PutBack>& zoom : paths.put_back) {
            reader.read(zoom);
        }
    }
    check(record);
    return record;
}

} // namespace kharita::tile
