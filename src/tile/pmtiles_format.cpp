#include <algorithm>
#include <cmath>

#include <protozero/buffer_string.hpp>
#include <protozero/varint.hpp>

#include "tile/mvt_decoder.hpp"
#include "tile/pmtiles.hpp"

namespace kharita::tile {

namespace {

constexpr std::string_view magic = "PMTiles";
constexpr unsigned char version = 3;

template <typename Integer>
void append_little_endian(std::string& to, Integer value) {
    auto rest = static_cast<std::uint64_t>(value);
    for (std::size_t i = 0; i < sizeof(Integer); ++i) {
        to.push_back(static_cast<char>(rest & 0xffU));
        rest >>= 8U;
    }
}

void append_degrees(std::string& to, double degrees) {
    append_little_endian(to, static_cast<std::int32_t>(std::lround(degrees * 1e7)));
}

/// Takes the header's fields one after the other; the length has been checked.
class HeaderBytes {
public:
    explicit HeaderBytes(std::string_view bytes) : m_bytes{bytes} {}

    template <typename Integer>
    Integer take() {
        std::uint64_t value = 0;
        for (std::size_t i = sizeof(Integer); i > 0; --i) {
            value = value << 8U | static_cast<unsigned char>(m_bytes[i - 1]);
        }
        m_bytes.remove_prefix(sizeof(Integer));
        return static_cast<Integer>(value);
    }

    double take_degrees() { return take<std::int32_t>() / 1e7; }

    Compression take_compression() {
        auto const value = take<std::uint8_t>();
        return value <= 4 ? static_cast<Compression>(value) : Compression::unknown;
    }

private:
    std::string_view m_bytes;
};

/// The columns of a directory.
class Varints {
public:
    explicit Varints(std::string_view bytes) : m_at{bytes.data()}, m_end{bytes.data() + bytes.size()} {}

    std::uint64_t next() {
        try {
            return protozero::decode_varint(&m_at, m_end);
        } catch (protozero::exception const&) {
            fail<FormatError>("PMTiles: a directory ends early");
        }
    }

    std::uint32_t next_32() {
        std::uint64_t const value = next();
        if (value > std::numeric_limits<std::uint32_t>::max()) {
            fail<FormatError>("PMTiles: a directory holds a length or run length of {}", value);
        }
        return static_cast<std::uint32_t>(value);
    }

    std::size_t left() const noexcept { return static_cast<std::size_t>(m_end - m_at); }

private:
    char const* m_at;
    char const* m_end;
};

} // namespace

std::string encode_header(PmtilesHeader const& header) {
    std::string bytes{magic};
    bytes.push_back(static_cast<char>(version));
    for (std::uint64_t const value :
         {header.root_offset, header.root_length, header.metadata_offset, header.metadata_length,
          header.leaves_offset, header.leaves_length, header.data_offset, header.data_length,
          header.addressed_tiles, header.entries, header.contents}) {
        append_little_endian(bytes, value);
    }
    for (std::uint8_t const value : {static_cast<std::uint8_t>(header.clustered ? 1 : 0),
                                     static_cast<std::uint8_t>(header.internal_compression),
                                     static_cast<std::uint8_t>(header.tile_compression), header.tile_type,
                                     header.minzoom, header.maxzoom}) {
        append_little_endian(bytes, value);
    }
    for (double const value :
         {header.bounds.west, header.bounds.south, header.bounds.east, header.bounds.north}) {
        append_degrees(bytes, value);
    }
    append_little_endian(bytes, header.center_zoom);
    append_degrees(bytes, header.center.lon);
    append_degrees(bytes, header.center.lat);
    return bytes;
}

PmtilesHeader decode_header(std::string_view bytes) {
    if (bytes.size() < PmtilesHeader::size || bytes.substr(0, magic.size()) != magic) {
        fail<FormatError>("PMTiles: the file does not begin with a PMTiles header");
    }
    HeaderBytes from{bytes.substr(magic.size())};
    if (auto const found = from.take<std::uint8_t>(); found != version) {
        fail<FormatError>("PMTiles: version {}; this program reads {}", found, version);
    }
    PmtilesHeader header;
    for (std::uint64_t* const field :
         {&header.root_offset, &header.root_length, &header.metadata_offset, &header.metadata_length,
          &header.leaves_offset, &header.leaves_length, &header.data_offset, &header.data_length,
          &header.addressed_tiles, &header.entries, &header.contents}) {
        *field = from.take<std::uint64_t>();
    }
    header.clustered = from.take<std::uint8_t>() == 1;
    header.internal_compression = from.take_compression();
    header.tile_compression = from.take_compression();
    header.tile_type = from.take<std::uint8_t>();
    header.minzoom = from.take<std::uint8_t>();
    header.maxzoom = from.take<std::uint8_t>();
    header.bounds.west = from.take_degrees();
    header.bounds.south = from.take_degrees();
    header.bounds.east = from.take_degrees();
    header.bounds.north = from.take_degrees();
    header.center_zoom = from.take<std::uint8_t>();
    header.center.lon = from.take_degrees();
    header.center.lat = from.take_degrees();
    return header;
}

std::string encode_directory(std::span<PmtilesEntry const> entries) {
    std::string bytes;
    auto const append = [&](std::uint64_t value) { protozero::add_varint_to_buffer(&bytes, value); };
    append(entries.size());
    std::uint64_t last_id = 0;
    for (PmtilesEntry const& entry : entries) {
        append(entry.tile_id - last_id);
        last_id = entry.tile_id;
    }
    for (PmtilesEntry const& entry : entries) {
        append(entry.run_length);
    }
    for (PmtilesEntry const& entry : entries) {
        append(entry.length);
    }
    for (std::size_t i = 0; i < entries.size(); ++i) {
        bool const follows = i > 0 && entries[i].offset == entries[i - 1].offset + entries[i - 1].length;
        append(follows ? 0 : entries[i].offset + 1);
    }
    return bytes;
}

std::vector<PmtilesEntry> decode_directory(std::string_view bytes) {
    Varints from{bytes};
    std::uint64_t const count = from.next();
    if (count > from.left() / 4) { // each entry takes four numbers of a byte or more
        fail<FormatError>("PMTiles: a directory of {} bytes claims {} entries", bytes.size(), count);
    }
    std::vector<PmtilesEntry> entries(static_cast<std::size_t>(count));
    std::uint64_t id = 0;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        std::uint64_t const delta = from.next();
        if ((i > 0 && delta == 0) || delta > std::numeric_limits<std::uint64_t>::max() - id) {
            fail<FormatError>("PMTiles: the tile ids of a directory do not rise");
        }
        id += delta;
        entries[i].tile_id = id;
    }
    for (PmtilesEntry& entry : entries) {
        entry.run_length = from.next_32();
    }
    for (PmtilesEntry& entry : entries) {
        entry.length = from.next_32();
        if (entry.length == 0) {
            fail<FormatError>("PMTiles: a directory entry has length 0");
        }
    }
    for (std::size_t i = 0; i < entries.size(); ++i) {
        std::uint64_t const value = from.next();
        if (value > 0) {
            entries[i].offset = value - 1;
        } else if (i > 0) {
            entries[i].offset = entries[i - 1].offset + entries[i - 1].length;
        } else {
            fail<FormatError>("PMTiles: the first entry of a directory has no offset");
        }
    }
    if (from.left() != 0) {
        fail<FormatError>("PMTiles: {} bytes after the end of a directory", from.left());
    }
    return entries;
}

} // namespace kharita::tile
