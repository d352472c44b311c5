#include "tile/pmtiles.hpp"

#include <algorithm>
#include <cstdio>
#include <limits>
#include <utility>

#include "base/mapped_file.hpp"
#include "tile/compression.hpp"
#include "tile/mvt_decoder.hpp"
#include "tile/tileset_json.hpp"

namespace kharita::tile {

namespace fs = std::filesystem;

namespace {

/// Readers fetch the first 16 KiB and expect header and root directory there.
constexpr std::size_t max_root_size = 16'384 - PmtilesHeader::size;
constexpr std::size_t least_leaf_entries = 4096;
constexpr std::size_t max_directory_size = std::size_t{64} << 20U;
constexpr std::size_t max_tile_size = std::size_t{1} << 30U;
constexpr std::size_t max_metadata_size = std::size_t{16} << 20U;
/// How many tiles an archive may stand for by long runs of few contents: these, and more the larger it is.
constexpr std::uint64_t least_tile_limit = std::uint64_t{1} << 24U;
constexpr std::uint64_t tiles_of_a_byte = 64;

/// Root and leaves, compressed.
struct Directories {
    std::string root;
    std::string leaves;
};

/// How all parts of an archive are compressed.
class Packer {
public:
    explicit Packer(Compression compression) : m_compression{compression} {}

    std::string pack(std::string_view bytes) {
        return m_compression == Compression::zstd ? zstd(bytes) : m_gzip.compress(bytes);
    }

private:
    Compression m_compression;
    GzipCompressor m_gzip;
};

Directories with_leaves(std::span<PmtilesEntry const> entries, std::size_t leaf_size, Packer& packer) {
    Directories result;
    std::vector<PmtilesEntry> pointers;
    for (std::size_t begin = 0; begin < entries.size(); begin += leaf_size) {
        auto const leaf = entries.subspan(begin, std::min(leaf_size, entries.size() - begin));
        std::string const bytes = packer.pack(encode_directory(leaf));
        pointers.push_back(
            {leaf.front().tile_id, result.leaves.size(), static_cast<std::uint32_t>(bytes.size()), 0});
        result.leaves += bytes;
    }
    result.root = packer.pack(encode_directory(pointers));
    return result;
}

Directories make_directories(std::span<PmtilesEntry const> entries, Packer& packer) {
    Directories result{packer.pack(encode_directory(entries)), {}};
    for (std::size_t leaf_size = least_leaf_entries; result.root.size() > max_root_size;
         leaf_size += leaf_size / 4) {
        result = with_leaves(entries, leaf_size, packer);
    }
    return result;
}

/// Entries for all tiles; offsets as the blobs will lie in the file, one after the other.
std::vector<PmtilesEntry> make_entries(Tileset const& tileset, TileBlobs const& blobs) {
    std::vector<std::uint64_t> offsets;
    offsets.reserve(blobs.size());
    std::uint64_t offset = 0;
    for (std::uint32_t blob = 0; blob < blobs.size(); ++blob) {
        offsets.push_back(offset);
        offset += blobs.place(blob).length;
    }
    std::vector<PmtilesEntry> entries;
    for (Tileset::Entry const& tile : tileset.entries) {
        if (!entries.empty()) {
            PmtilesEntry& last = entries.back();
            if (last.offset == offsets[tile.blob] && last.tile_id + last.run_length == tile.key) {
                ++last.run_length;
                continue;
            }
        }
        entries.push_back({tile.key, offsets[tile.blob], blobs.place(tile.blob).length, 1});
    }
    return entries;
}

/// The same tiles, compressed with zstd.
TileBlobs repacked(TileBlobs const& gzipped, fs::path const& folder) {
    TileBlobs blobs{folder};
    for (std::uint32_t blob = 0; blob < gzipped.size(); ++blob) {
        blobs.add(zstd(decompress(gzipped[blob], Compression::gzip, max_tile_size)));
    }
    return blobs;
}

class PmtilesReader final : public TileReader {
public:
    explicit PmtilesReader(fs::path const& file)
        : m_name{file.string()},
          m_file{std::make_shared<MappedFile>(file)},
          m_size{m_file->bytes().size()} {
        m_header = decode_header(read(0, std::min<std::uint64_t>(PmtilesHeader::size, m_size), 0));
        if (m_header.tile_type != 1) {
            fail<FormatError>("{}: its tiles are of type {}; this program reads vector tiles (1)", m_name,
                              m_header.tile_type);
        }
        m_root = directory(m_header.root_offset, m_header.root_length);
    }

    TilesetMetadata metadata() const override {
        std::string_view const bytes =
            read(m_header.metadata_offset, m_header.metadata_length, max_metadata_size);
        TilesetMetadata metadata =
            parse_metadata_json(decompress(bytes, m_header.internal_compression, max_metadata_size));
        metadata.minzoom = m_header.minzoom;
        metadata.maxzoom = m_header.maxzoom;
        metadata.bounds = m_header.bounds;
        metadata.center = m_header.center;
        metadata.center_zoom = m_header.center_zoom;
        return metadata;
    }

    Compression compression() const noexcept override { return m_header.tile_compression; }

    std::optional<std::string> find(TileId tile) const override {
        std::uint64_t const key = hilbert_key(tile);
        std::vector<PmtilesEntry> leaf;
        std::vector<PmtilesEntry> const* entries = &m_root;
        for (int depth = 0; depth <= max_depth; ++depth) {
            auto const after = std::upper_bound(
                entries->begin(), entries->end(), key,
                [](std::uint64_t wanted, PmtilesEntry const& entry) { return wanted < entry.tile_id; });
            if (after == entries->begin()) {
                return std::nullopt;
            }
            PmtilesEntry const entry = *std::prev(after);
            if (entry.run_length > 0) {
                return key - entry.tile_id < entry.run_length ? std::optional{std::string{content(entry)}}
                                                              : std::nullopt;
            }
            leaf = leaf_of(entry);
            entries = &leaf;
        }
        fail<FormatError>("{}: its leaf directories are nested too deep", m_name);
    }

    void for_each(std::function<void(TileId, std::string_view)> const& visit) const override {
        Walk walked;
        walk(m_root, 0, walked, visit);
    }

    std::shared_ptr<MappedFile const> mapping() const override { return m_file; }

private:
    static constexpr int max_depth = 3; // the specification advises one level of leaves

    /// Bytes of the file. Throws FormatError when they lie outside it or are more than `most` (0: no limit).
    std::string_view read(std::uint64_t offset, std::uint64_t length, std::uint64_t most) const {
        if (offset > m_size || length > m_size - offset || (most > 0 && length > most)) {
            fail<FormatError>("{}: {} bytes at {} are outside the file or too many; is it cut off?", m_name,
                              length, offset);
        }
        return m_file->bytes().substr(offset, length);
    }

    std::vector<PmtilesEntry> directory(std::uint64_t offset, std::uint64_t length) const {
        return decode_directory(decompress(read(offset, length, max_directory_size),
                                           m_header.internal_compression, max_directory_size));
    }

    std::vector<PmtilesEntry> leaf_of(PmtilesEntry const& entry) const {
        if (entry.offset > m_header.leaves_length || entry.length > m_header.leaves_length - entry.offset) {
            fail<FormatError>("{}: a leaf directory lies outside its section", m_name);
        }
        return directory(m_header.leaves_offset + entry.offset, entry.length);
    }

    std::string_view content(PmtilesEntry const& entry) const {
        if (entry.offset > std::numeric_limits<std::uint64_t>::max() - m_header.data_offset) {
            fail<FormatError>("{}: a tile lies outside the file", m_name);
        }
        return read(m_header.data_offset + entry.offset, entry.length, 0);
    }

    /// How far all tiles have been visited.
    struct Walk {
        std::uint64_t next_key = 0;
        std::uint64_t tiles = 0;
    };

    void walk(std::vector<PmtilesEntry> const& entries, int depth, Walk& walked,
              std::function<void(TileId, std::string_view)> const& visit) const {
        if (depth > max_depth) {
            fail<FormatError>("{}: its leaf directories are nested too deep", m_name);
        }
        for (PmtilesEntry const& entry : entries) {
            if (entry.tile_id < walked.next_key) {
                fail<FormatError>("{}: its directories overlap", m_name);
            }
            if (entry.run_length == 0) {
                std::uint64_t const before = walked.tiles;
                walk(leaf_of(entry), depth + 1, walked, visit);
                if (walked.tiles == before) {
                    fail<FormatError>("{}: a leaf directory has no tiles", m_name);
                }
                continue;
            }
            walked.tiles += entry.run_length;
            if (walked.tiles > least_tile_limit && walked.tiles / tiles_of_a_byte > m_size) {
                fail<FormatError>("{}: of {} bytes, it claims {} tiles or more; at most {} are read", m_name,
                                  m_size, walked.tiles, std::max(least_tile_limit, m_size * tiles_of_a_byte));
            }
            std::string_view const bytes = content(entry);
            for (std::uint32_t i = 0; i < entry.run_length; ++i) {
                auto const tile = tile_from_hilbert_key(entry.tile_id + i);
                if (!tile) {
                    fail<FormatError>("{}: tile id {} is deeper than zoom {}", m_name, entry.tile_id + i,
                                      max_zoom);
                }
                visit(*tile, bytes);
            }
            walked.next_key = entry.tile_id + entry.run_length;
        }
    }

    std::string m_name;
    std::shared_ptr<MappedFile const> m_file;
    std::uint64_t m_size = 0;
    PmtilesHeader m_header;
    std::vector<PmtilesEntry> m_root;
};

} // namespace

void write_pmtiles(Tileset const& tileset, fs::path const& file, Overwrite overwrite,
                   Compression compression) {
    OutputFile output{file, overwrite};
    Packer packer{compression};
    TileBlobs const blobs =
        compression == Compression::zstd ? repacked(tileset.blobs, folder_of(file)) : tileset.blobs;
    std::vector<PmtilesEntry> const entries = make_entries(tileset, blobs);
    Directories const directories = make_directories(entries, packer);
    std::string const metadata = packer.pack(pmtiles_metadata_json(tileset.metadata));

    PmtilesHeader header;
    header.root_offset = PmtilesHeader::size;
    header.root_length = directories.root.size();
    header.metadata_offset = header.root_offset + header.root_length;
    header.metadata_length = metadata.size();
    header.leaves_offset = header.metadata_offset + header.metadata_length;
    header.leaves_length = directories.leaves.size();
    header.data_offset = header.leaves_offset + header.leaves_length;
    header.data_length = blobs.total_bytes();
    header.addressed_tiles = tileset.entries.size();
    header.entries = entries.size();
    header.contents = tileset.blobs.size();
    header.clustered = true;
    header.internal_compression = compression;
    header.tile_compression = compression;
    header.minzoom = static_cast<std::uint8_t>(tileset.metadata.minzoom);
    header.maxzoom = static_cast<std::uint8_t>(tileset.metadata.maxzoom);
    header.bounds = tileset.metadata.bounds;
    header.center = tileset.metadata.center;
    header.center_zoom = static_cast<std::uint8_t>(tileset.metadata.center_zoom);

    output.expect(header.data_offset + header.data_length);
    output.write(encode_header(header));
    output.write(directories.root);
    output.write(metadata);
    output.write(directories.leaves);
    blobs.for_each_run([&](std::string_view run) { output.write(run); });
    output.commit();
}

std::unique_ptr<TileReader> open_pmtiles(fs::path const& file) {
    return std::make_unique<PmtilesReader>(file);
}

} // namespace kharita::tile
