#include "publish/manifest.hpp"

#include <cerrno>
#include <fstream>

#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/hash.hpp"
#include "publish/database_rows.hpp"
#include "publish/file_names.hpp"

namespace kharita::publish {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

namespace {

constexpr int format_version = 1;

Json to_value(std::vector<FileRecord> const& files) {
    Json list = Json::array();
    for (FileRecord const& file : files) {
        list.push_back({{"file", file.name}, {"bytes", file.bytes}, {"sha256", file.sha256}});
    }
    return list;
}

std::vector<FileRecord> to_records(Json const& list) {
    std::vector<FileRecord> files;
    for (Json const& file : list) {
        files.push_back({file.at("file").get<std::string>(), file.at("bytes").get<std::uint64_t>(),
                         file.at("sha256").get<std::string>()});
    }
    return files;
}

Manifest from_value(Json const& value) {
    Manifest manifest{.version = value.at("version").get<std::string>(),
                      .date = value.at("date").get<std::string>(),
                      .gazetteer = value.at("gazetteer").get<std::string>(),
                      .vocabulary = value.at("vocabulary").get<std::string>(),
                      .settings = value.at("settings").get<std::string>(),
                      .inputs = to_records(value.at("inputs")),
                      .counts = {},
                      .files = to_records(value.at("files")),
                      .rows = value.at("rows").get<std::string>()};
    for (auto const& [name, count] : value.at("counts").items()) {
        manifest.counts.emplace_back(name, count.get<std::uint64_t>());
    }
    return manifest;
}

/// Empty where the database cannot be read: those are not the rows of any build.
std::string rows_of(fs::path const& database) {
    try {
        return hash_of_rows(database);
    } catch (DatabaseError const&) {
        return {};
    }
}

} // namespace

std::string Manifest::fingerprint() const {
    Sha256 hash;
    hash.number(format_version).field(version).field(gazetteer).field(vocabulary).field(settings);
    hash.number(inputs.size());
    for (FileRecord const& input : inputs) {
        hash.field(input.name).number(input.bytes).field(input.sha256);
    }
    return hash.hex();
}

std::string to_json(Manifest const& manifest) {
    Json counts = Json::object();
    for (auto const& [name, count] : manifest.counts) {
        counts[name] = count;
    }
    Json const value{{"generator", "kharita"},
                     {"format", format_version},
                     {"version", manifest.version},
                     {"fingerprint", manifest.fingerprint()},
                     {"date", manifest.date},
                     {"settings", manifest.settings},
                     {"gazetteer", manifest.gazetteer},
                     {"vocabulary", manifest.vocabulary},
                     {"inputs", to_value(manifest.inputs)},
                     {"counts", counts},
                     {"rows", manifest.rows},
                     {"files", to_value(manifest.files)}};
    // A name that is no UTF-8 must not end a build; its report was set aside for it.
    return value.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::optional<Manifest> read_manifest(fs::path const& folder) {
    fs::path const file = folder / manifest_name;
    if (!fs::exists(file)) {
        return std::nullopt;
    }
    try {
        Json const value = Json::parse(read_file(file));
        if (value.at("generator") != "kharita") {
            fail<InputError>("{}: was not written by kharita", file.string());
        }
        if (int const format = value.at("format").get<int>(); format != format_version) {
            fail<InputError>("{}: format is {}; this program knows {}", file.string(), format,
                             format_version);
        }
        return from_value(value);
    } catch (Json::exception const& error) {
        fail<InputError>("{}: is no manifest of a build: {}", file.string(), error.what());
    }
}

FileRecord record_file(fs::path const& file, std::string name) {
    std::ifstream in{file, std::ios::binary};
    if (!in) {
        fail<InputError>("{}: {}", file.string(), system_message(errno));
    }
    Sha256 hash;
    FileRecord record{.name = std::move(name), .bytes = 0, .sha256 = {}};
    std::vector<char> buffer(std::size_t{1} << 18U);
    while (in) {
        in.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
        auto const count = static_cast<std::size_t>(in.gcount());
        hash.bytes({buffer.data(), count});
        record.bytes += count;
    }
    if (in.bad()) {
        fail<InputError>("{}: cannot be read: {}", file.string(), system_message(errno));
    }
    record.sha256 = hash.hex();
    return record;
}

std::vector<std::string> check_files(fs::path const& folder) {
    std::optional<Manifest> const manifest = read_manifest(folder);
    if (!manifest) {
        fail<InputError>("{}: has no {}; it is no published build", folder.string(), manifest_name);
    }
    std::vector<std::string> complaints;
    for (FileRecord const& file : manifest->files) {
        if (!fs::is_regular_file(folder / file.name)) {
            complaints.push_back(fmt::format("{}: is missing", file.name));
            continue;
        }
        FileRecord const found = record_file(folder / file.name, file.name);
        if (file.name == database_name) {
            if (found.sha256 != file.sha256 && rows_of(folder / file.name) != manifest->rows) {
                complaints.push_back(fmt::format("{}: its rows are not those of the build", file.name));
            }
            continue;
        }
        if (found.bytes != file.bytes) {
            complaints.push_back(
                fmt::format("{}: has {} bytes; the manifest says {}", file.name, found.bytes, file.bytes));
        } else if (found.sha256 != file.sha256) {
            complaints.push_back(
                fmt::format("{}: its content is not what the manifest says (SHA-256 {}; expected {})",
                            file.name, found.sha256.substr(0, 12), file.sha256.substr(0, 12)));
        }
    }
    return complaints;
}

} // namespace kharita::publish
