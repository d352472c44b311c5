#include "sqlite/rtree.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>
#include <span>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "sqlite/connection.hpp"
#include "sqlite/row_insert.hpp"

namespace kharita::sqlite {

namespace {

constexpr std::size_t header_size = 4; // depth (of the root only) and number of cells, both big-endian
constexpr std::array<std::string_view, 2> row_columns{"rowid", "nodeno"};
constexpr std::size_t cell_size = 24; // id, then min x, max x, min y, max y

float down(double value) noexcept {
    auto const near = static_cast<float>(value);
    return near > value ? std::nextafter(near, -std::numeric_limits<float>::infinity()) : near;
}

float up(double value) noexcept {
    auto const near = static_cast<float>(value);
    return near < value ? std::nextafter(near, std::numeric_limits<float>::infinity()) : near;
}

template <typename Unsigned>
void put_big_endian(std::byte* to, Unsigned value) noexcept {
    for (std::size_t i = 0; i < sizeof(Unsigned); ++i) {
        to[i] = static_cast<std::byte>((std::uint64_t{value} >> (8 * (sizeof(Unsigned) - 1 - i))) & 0xFFU);
    }
}

IndexedBox join(std::span<IndexedBox const> cells) noexcept {
    IndexedBox all = cells.front();
    for (IndexedBox const& cell : cells) {
        all.min_x = std::min(all.min_x, cell.min_x);
        all.max_x = std::max(all.max_x, cell.max_x);
        all.min_y = std::min(all.min_y, cell.min_y);
        all.max_y = std::max(all.max_y, cell.max_y);
    }
    return all;
}

std::size_t divided_up(std::size_t a, std::size_t b) noexcept {
    return (a + b - 1) / b;
}

/// A number that is ordered as the middle of two floats is, whatever their signs.
std::uint32_t order_of_middle(float low, float high) noexcept {
    auto const bits = std::bit_cast<std::uint32_t>(low + high + 0.0F); // which makes -0 of nothing
    constexpr std::uint32_t sign = 0x80000000U;
    return (bits & sign) != 0 ? ~bits : bits | sign;
}

/// Sorts by a `key` of 32 bits, and leaves what has one key in its order. Least significant digit first: of a
/// million boxes that takes a third of the time that comparing takes.
template <typename Thing, typename Key>
void sort_by(std::span<Thing> things, std::vector<Thing>& spare, Key const& key) {
    constexpr std::size_t few = 1000; // of so many, counting digits costs more
    if (things.size() < few) {
        std::ranges::stable_sort(things, {}, key);
        return;
    }
    constexpr unsigned digit_bits = 11;
    constexpr std::size_t digits = std::size_t{1} << digit_bits;
    constexpr std::array<unsigned, 3> shifts{0, digit_bits, 2 * digit_bits};
    std::array<std::array<std::uint32_t, digits>, shifts.size()> starts{};
    for (Thing const& each : things) {
        for (std::size_t pass = 0; pass < shifts.size(); ++pass) {
            ++starts[pass][(key(each) >> shifts[pass]) % digits];
        }
    }
    spare.resize(std::max(spare.size(), things.size()));
    std::span<Thing> from = things;
    std::span<Thing> to{spare.data(), things.size()};
    for (std::size_t pass = 0; pass < shifts.size(); ++pass) {
        std::exclusive_scan(starts[pass].begin(), starts[pass].end(), starts[pass].begin(), 0U);
        for (Thing const& each : from) {
            to[starts[pass][(key(each) >> shifts[pass]) % digits]++] = each;
        }
        std::swap(from, to);
    }
    std::ranges::copy(from, things.begin()); // three passes end in the spare one
}

/// Orders boxes so that each run of `capacity` makes a compact node. What has one middle is ordered by the
/// other and by id, so that the tree is the same on every run.
void tile_order(std::vector<IndexedBox>& boxes, std::size_t capacity) {
    std::size_t const nodes = divided_up(boxes.size(), capacity);
    auto const slices = static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(nodes))));
    std::size_t const slice = divided_up(nodes, std::max<std::size_t>(slices, 1)) * capacity;
    if (!std::ranges::is_sorted(boxes, {}, &IndexedBox::id)) { // as they nearly always are
        std::ranges::sort(boxes, {}, &IndexedBox::id);
    }
    std::vector<IndexedBox> spare;
    sort_by(std::span{boxes}, spare,
            [](IndexedBox const& box) { return order_of_middle(box.min_x, box.max_x); });
    for (std::size_t begin = 0; begin < boxes.size(); begin += slice) {
        auto const part = std::span{boxes}.subspan(begin, std::min(slice, boxes.size() - begin));
        sort_by(part, spare, [](IndexedBox const& box) { return order_of_middle(box.min_y, box.max_y); });
    }
}

/// Writes the three tables behind one R*Tree.
class TreeWriter {
public:
    TreeWriter(Connection& connection, std::string_view index)
        : m_index{index},
          m_nodes{connection.prepare("INSERT INTO " + part("_node") + " VALUES (?, ?)")},
          m_parents{connection.prepare("INSERT INTO " + part("_parent") + " VALUES (?, ?)")},
          m_rows{connection, m_index + "_rowid", row_columns} {}

    std::string part(std::string_view suffix) const { return quoted_name(m_index + std::string{suffix}); }

    void write_node(std::int64_t number, std::size_t depth, std::span<IndexedBox const> cells,
                    std::size_t node_size) {
        m_buffer.assign(node_size, std::byte{0});
        put_big_endian(m_buffer.data(), static_cast<std::uint16_t>(depth));
        put_big_endian(m_buffer.data() + 2, static_cast<std::uint16_t>(cells.size()));
        std::byte* at = m_buffer.data() + header_size;
        for (IndexedBox const& cell : cells) {
            put_big_endian(at, static_cast<std::uint64_t>(cell.id));
            put_big_endian(at + 8, std::bit_cast<std::uint32_t>(cell.min_x));
            put_big_endian(at + 12, std::bit_cast<std::uint32_t>(cell.max_x));
            put_big_endian(at + 16, std::bit_cast<std::uint32_t>(cell.min_y));
            put_big_endian(at + 20, std::bit_cast<std::uint32_t>(cell.max_y));
            at += cell_size;
        }
        m_nodes.run(number, Blob{m_buffer});
    }
    void write_parent(std::int64_t node, std::int64_t parent) { m_parents.run(node, parent); }
    void add_row(std::int64_t row, std::int64_t node) {
        constexpr std::size_t enough = 4096;
        m_rows.add(row, node);
        if (m_rows.size() == enough) {
            m_rows.insert();
        }
    }
    void end_rows() { m_rows.insert(); }

private:
    std::string m_index;
    Statement m_nodes;
    Statement m_parents;
    RowInsert m_rows;
    std::vector<std::byte> m_buffer;
};

} // namespace

IndexedBox indexed_box(std::int64_t id, double min_x, double max_x, double min_y, double max_y) noexcept {
    return {.id = id, .min_x = down(min_x), .max_x = up(max_x), .min_y = down(min_y), .max_y = up(max_y)};
}

void build_rtree(Connection& connection, std::string_view index, std::vector<IndexedBox> boxes) {
    TreeWriter writer{connection, index};
    // SQLite chose the size of nodes when it made the table; an empty table has its root.
    auto const node_size = static_cast<std::size_t>(
        connection.integer("SELECT length(data) FROM " + writer.part("_node") + " WHERE nodeno = 1"));
    std::size_t const capacity = (node_size - header_size) / cell_size;
    for (char const* const suffix : {"_node", "_parent", "_rowid"}) {
        connection.execute("DELETE FROM " + writer.part(suffix));
    }

    // Levels from the leaves up. The root is node 1, all others are numbered as they are made.
    struct Link {
        std::int64_t child = 0;
        std::int64_t parent = 0;
    };
    std::vector<Link> rows;
    std::vector<Link> parents;
    std::int64_t next_node = 2;
    std::size_t depth = 0;
    for (bool leaves = true;; leaves = false, ++depth) {
        bool const is_root = boxes.size() <= capacity;
        tile_order(boxes, capacity);
        std::vector<IndexedBox> above;
        std::size_t const nodes = std::max<std::size_t>(divided_up(boxes.size(), capacity), 1);
        for (std::size_t n = 0; n < nodes; ++n) {
            auto const cells =
                std::span{boxes}.subspan(n * capacity, std::min(capacity, boxes.size() - n * capacity));
            std::int64_t const number = is_root ? 1 : next_node++;
            writer.write_node(number, is_root ? depth : 0, cells, node_size);
            for (IndexedBox const& cell : cells) {
                (leaves ? rows : parents).push_back({cell.id, number});
            }
            if (!is_root) {
                above.push_back(join(cells));
                above.back().id = number;
            }
        }
        if (is_root) {
            break;
        }
        boxes = std::move(above);
    }
    // In key order, so that each B-tree is filled from left to right.
    bool const are_small = std::ranges::all_of(rows, [](Link const& row) {
        return row.child >= 0 && row.child <= std::numeric_limits<std::uint32_t>::max();
    });
    if (are_small) {
        std::vector<Link> spare;
        sort_by(std::span{rows}, spare,
                [](Link const& row) { return static_cast<std::uint32_t>(row.child); });
    } else {
        std::ranges::sort(rows, {}, &Link::child);
    }
    for (Link const& row : rows) {
        writer.add_row(row.child, row.parent);
    }
    writer.end_rows();
    std::ranges::sort(parents, {}, &Link::child);
    for (Link const& each : parents) {
        writer.write_parent(each.child, each.parent);
    }
}

} // namespace kharita::sqlite
