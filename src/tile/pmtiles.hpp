#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tile/archive.hpp"

namespace kharita::tile {

/// One line of a PMTiles directory. Source: PMTiles v3 specification, "Directories".
struct PmtilesEntry {
    std::uint64_t tile_id = 0;
    std::uint64_t offset = 0;     ///< from the start of tile data, or of leaf directories
    std::uint32_t length = 0;     ///< bytes, at least 1
    std::uint32_t run_length = 0; ///< how many consecutive tiles have this content; 0: a leaf directory

    friend bool operator==(PmtilesEntry const&, PmtilesEntry const&) = default;
};

/// The first 127 bytes of an archive. Source: PMTiles v3 specification, "Header".
struct PmtilesHeader {
    static constexpr std::size_t size = 127;

    std::uint64_t root_offset = 0;
    std::uint64_t root_length = 0;
    std::uint64_t metadata_offset = 0;
    std::uint64_t metadata_length = 0;
    std::uint64_t leaves_offset = 0;
    std::uint64_t leaves_length = 0;
    std::uint64_t data_offset = 0;
    std::uint64_t data_length = 0;
    std::uint64_t addressed_tiles = 0; ///< 0: unknown, also in the next two
    std::uint64_t entries = 0;
    std::uint64_t contents = 0;
    bool clustered = false;
    Compression internal_compression = Compression::gzip;
    Compression tile_compression = Compression::gzip;
    std::uint8_t tile_type = 1; ///< 1: MVT
    std::uint8_t minzoom = 0;
    std::uint8_t maxzoom = 0;
    Extent bounds; ///< kept to 1e-7 degrees
    std::uint8_t center_zoom = 0;
    LonLat center;

    friend bool operator==(PmtilesHeader const&, PmtilesHeader const&) = default;
};

/// The header's 127 bytes.
std::string encode_header(PmtilesHeader const& header);
/// Throws FormatError when the bytes are too few, the magic number or the version is another.
PmtilesHeader decode_header(std::string_view bytes);

/// A directory, not compressed. Entries are in the order of their tile ids.
std::string encode_directory(std::span<PmtilesEntry const> entries);
/// Throws FormatError when the bytes end early or late, ids do not rise, or a length is 0. Memory stays
/// within a small multiple of the bytes.
std::vector<PmtilesEntry> decode_directory(std::string_view bytes);

/// Writes a PMTiles v3 archive: clustered, in Hilbert order, each distinct tile stored once, consecutive
/// equal tiles as one entry, leaf directories when the root would exceed 16,257 bytes. Tiles, directories and
/// metadata are compressed alike: Compression::gzip, which every reader knows, or zstd.
/// Throws OutputError; nothing is left behind then.
void write_pmtiles(Tileset const& tileset, std::filesystem::path const& file, Overwrite overwrite,
                   Compression compression = Compression::gzip);

/// Opens a PMTiles archive. Throws InputError when it cannot be read, FormatError when it is damaged.
std::unique_ptr<TileReader> open_pmtiles(std::filesystem::path const& file);

} // namespace kharita::tile
