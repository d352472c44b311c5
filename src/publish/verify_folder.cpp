#include "publish/verify_folder.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/hash.hpp"
#include "publish/file_names.hpp"
#include "publish/manifest.hpp"
#include "tile/archive.hpp"
#include "tile/mvt_decoder.hpp"

namespace kharita::publish {

namespace fs = std::filesystem;

namespace {

constexpr int widest_buffer = 2048;      ///< tile units; see tile::TilesetConfig::buffer
constexpr std::size_t named_at_most = 5; ///< of the same check

/// A list of problems that names the first few and counts the others.
class Complaints {
public:
    void add(std::string problem) {
        if (++m_count <= named_at_most) {
            m_named.push_back(std::move(problem));
        }
    }
    std::vector<std::string> take() {
        if (m_count > named_at_most) {
            m_named.push_back(fmt::format("and {} more", m_count - named_at_most));
        }
        return std::move(m_named);
    }

private:
    std::vector<std::string> m_named;
    std::size_t m_count = 0;
};

std::string name_of(tile::TileId tile) {
    return fmt::format("tile {}/{}/{}", tile.zoom, tile.x, tile.y);
}

/// Each tile, and a hash of what it holds.
using TileHashes = std::map<tile::TileId, std::uint64_t>;

void check_database(fs::path const& folder, FolderProof& proof) {
    store::Database database = store::Database::open(folder / database_name, store::Access::read_only);
    for (store::Check& check : store::verify(database)) {
        check.name = fmt::format("{}: {}", database_name, check.name);
        proof.checks.push_back(std::move(check));
    }
    proof.rows = database.counts();
}

TileHashes check_archive(fs::path const& folder, std::string_view name, FolderProof& proof) {
    TileHashes hashes;
    Complaints complaints;
    auto const archive = tile::open_archive(folder / name);
    archive->for_each([&](tile::TileId tile, std::string_view bytes) {
        try {
            std::string const raw = tile::decompress(bytes, archive->compression());
            hashes[tile] = xxh3(raw);
            for (std::string const& problem : tile::check_tile(tile::decode_tile(raw), widest_buffer)) {
                complaints.add(fmt::format("{}: {}", name_of(tile), problem));
            }
        } catch (tile::FormatError const& error) {
            complaints.add(fmt::format("{}: {}", name_of(tile), error.what()));
        }
    });
    proof.checks.push_back({.name = fmt::format("{}: tiles", name), .problems = complaints.take()});
    return hashes;
}

void check_same_tiles(TileHashes const& first, TileHashes const& second, FolderProof& proof) {
    Complaints complaints;
    for (auto const& [tile, hash] : first) {
        auto const same = second.find(tile);
        if (same == second.end()) {
            complaints.add(fmt::format("{} is not there", name_of(tile)));
        } else if (same->second != hash) {
            complaints.add(fmt::format("{} is another one", name_of(tile)));
        }
    }
    for (auto const& [tile, hash] : second) {
        if (!first.contains(tile)) {
            complaints.add(fmt::format("{} is only there", name_of(tile)));
        }
    }
    proof.checks.push_back({.name = fmt::format("{}: the same tiles as {}", mbtiles_name, pmtiles_name),
                            .problems = complaints.take()});
}

/// Runs a check that may find its file missing, or damaged as a whole.
template <typename Look>
auto look_at(std::string_view file, FolderProof& proof, Look look) -> std::optional<decltype(look())> {
    try {
        return look();
    } catch (Error const& error) {
        proof.checks.push_back({.name = fmt::format("{}: opens", file), .problems = {error.what()}});
        return std::nullopt;
    }
}

} // namespace

FolderProof prove_content(fs::path const& folder) {
    FolderProof proof;
    look_at(database_name, proof, [&] {
        check_database(folder, proof);
        return true;
    });
    auto const first =
        look_at(pmtiles_name, proof, [&] { return check_archive(folder, pmtiles_name, proof); });
    auto const second =
        look_at(mbtiles_name, proof, [&] { return check_archive(folder, mbtiles_name, proof); });
    if (first && second) {
        check_same_tiles(*first, *second, proof);
        proof.tiles = first->size();
    }
    return proof;
}

FolderProof prove_folder(fs::path const& folder) {
    std::vector<std::string> const complaints = check_files(folder);
    FolderProof proof;
    std::optional<Manifest> const manifest = read_manifest(folder);
    for (FileRecord const& file : manifest.value_or(Manifest{}).files) {
        ++proof.files;
        store::Check check{.name = file.name + ": as the manifest says", .problems = {}};
        for (std::string const& complaint : complaints) {
            if (complaint.starts_with(file.name + ": ")) {
                check.problems.push_back(complaint.substr(file.name.size() + 2));
            }
        }
        proof.checks.push_back(std::move(check));
    }
    FolderProof content = prove_content(folder);
    for (store::Check& check : content.checks) {
        proof.checks.push_back(std::move(check));
    }
    proof.tiles = content.tiles;
    proof.rows = content.rows;
    return proof;
}

} // namespace kharita::publish
