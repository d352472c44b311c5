#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kharita::publish {

/// The file of a published folder that lists all others.
inline constexpr std::string_view manifest_name = "manifest.json";

/// A file with what proves its content.
struct FileRecord {
    std::string name; ///< of an output: relative to the folder; of an input: as it was found
    std::uint64_t bytes = 0;
    std::string sha256; ///< 64 hexadecimal digits

    friend bool operator==(FileRecord const&, FileRecord const&) = default;
};

/// What a build was made from and what it wrote.
struct Manifest {
    std::string version;    ///< of the program
    std::string date;       ///< the day that control areas and frontlines are drawn for; empty where undated
    std::string gazetteer;  ///< content hash
    std::string vocabulary; ///< hash over the other data files (cue words, schemas, styles)
    std::string settings;   ///< the options that change the output, in words
    std::vector<FileRecord> inputs;                            ///< in the order they were read
    std::vector<std::pair<std::string, std::uint64_t>> counts; ///< "documents", "events" …
    std::vector<FileRecord> files;                             ///< by name, without the manifest itself
    std::string rows; ///< of the database: hash_of_rows(), for a look with QGIS changes bytes and no rows

    /// SHA-256 over all that the output follows from (version, gazetteer, vocabulary, settings, inputs):
    /// equal fingerprints, equal builds.
    std::string fingerprint() const;

    friend bool operator==(Manifest const&, Manifest const&) = default;
};

/// The manifest as JSON text, its keys always in the same order.
std::string to_json(Manifest const& manifest);

/// The manifest of a published folder, or nothing where the folder has none. Throws InputError naming the
/// file when it is no manifest of this program.
std::optional<Manifest> read_manifest(std::filesystem::path const& folder);

/// Size and hash of a file on disk. Throws InputError.
FileRecord record_file(std::filesystem::path const& file, std::string name);

/// What in a published folder is not as its manifest says, one sentence each: files that are missing or
/// differ; of the database, which people open and correct, its rows count where its bytes differ. Files that
/// it does not list are a person's own and none of its business. Throws InputError when there is no manifest.
std::vector<std::string> check_files(std::filesystem::path const& folder);

} // namespace kharita::publish
