#include "gazetteer/import/import_folder.hpp"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/line_reader.hpp"
#include "base/output_file.hpp"
#include "gazetteer/additions.hpp"

namespace kharita::gazetteer {

namespace fs = std::filesystem;

namespace {

ImportInfo read_info(fs::path const& file, std::string name) {
    try {
        auto const json = nlohmann::json::parse(read_file(file));
        ImportInfo info;
        info.name = std::move(name);
        info.sequence = json.at("sequence").get<std::uint32_t>();
        info.format = json.at("format").get<std::string>();
        for (auto const& source : json.at("files")) {
            info.files.push_back(source.at("name").get<std::string>());
        }
        info.records = json.at("records").get<std::uint64_t>();
        info.places = json.at("places").get<std::uint64_t>();
        info.merged = json.at("merged").get<std::uint64_t>();
        info.conflicts = json.at("conflicts").get<std::uint64_t>();
        info.set_aside = json.at("set_aside").get<std::uint64_t>();
        return info;
    } catch (nlohmann::json::exception const& error) {
        fail<InputError>("{}: is damaged ({}); import it anew or remove it", file.string(), error.what());
    }
}

} // namespace

fs::path import_folder(fs::path const& gazetteer, std::string_view name) {
    return imports_folder(gazetteer) / name;
}

std::vector<ImportInfo> list_imports(fs::path const& gazetteer) {
    std::vector<ImportInfo> all;
    std::error_code error;
    for (auto entry = fs::directory_iterator{imports_folder(gazetteer), error};
         !error && entry != fs::directory_iterator{}; entry.increment(error)) {
        std::string const name = entry->path().filename().string();
        if (!name.starts_with('.') && fs::exists(entry->path() / "import.json")) {
            all.push_back(read_info(entry->path() / "import.json", name));
        }
    }
    std::ranges::sort(all, {}, [](ImportInfo const& info) { return std::pair{info.sequence, info.name}; });
    return all;
}

std::vector<fs::path> tables_below(fs::path const& gazetteer, std::uint32_t sequence) {
    std::vector<fs::path> tables;
    std::error_code error;
    for (auto entry = fs::directory_iterator{gazetteer / "places", error};
         !error && entry != fs::directory_iterator{}; entry.increment(error)) {
        if (entry->path().extension() == ".tsv") {
            tables.push_back(entry->path());
        }
    }
    if (error || tables.empty()) {
        fail<InputError>("{}: no places/*.tsv in it; expected a gazetteer", gazetteer.string());
    }
    std::ranges::sort(tables);
    for (ImportInfo const& info : list_imports(gazetteer)) {
        if (info.sequence < sequence) {
            tables.push_back(import_folder(gazetteer, info.name) / "places.tsv");
        }
    }
    return tables;
}

Boundaries boundaries_below(fs::path const& gazetteer, std::uint32_t sequence) {
    std::vector<fs::path> imports;
    for (ImportInfo const& info : list_imports(gazetteer)) {
        fs::path const file = import_folder(gazetteer, info.name) / "outlines.geojson";
        if (info.sequence < sequence && fs::exists(file)) {
            imports.push_back(file);
        }
    }
    std::ranges::sort(imports);
    return Boundaries::with_imports(gazetteer, imports);
}

void write_info(fs::path const& folder, ImportInfo const& info, std::vector<std::string> const& hashes) {
    nlohmann::ordered_json files = nlohmann::ordered_json::array();
    for (std::size_t i = 0; i < info.files.size(); ++i) {
        files.push_back({{"name", info.files[i]}, {"sha256", hashes[i]}});
    }
    nlohmann::ordered_json const json{
        {"schema", 1},           {"sequence", info.sequence},   {"format", info.format},
        {"files", files},        {"records", info.records},     {"places", info.places},
        {"merged", info.merged}, {"conflicts", info.conflicts}, {"set_aside", info.set_aside}};
    write_file(folder / "import.json", json.dump(2) + "\n", Overwrite::replace);
}

std::vector<std::string> file_hashes(fs::path const& folder) {
    std::vector<std::string> hashes;
    try {
        auto const json = nlohmann::json::parse(read_file(folder / "import.json"));
        for (auto const& source : json.at("files")) {
            hashes.push_back(source.at("sha256").get<std::string>());
        }
    } catch (nlohmann::json::exception const& error) {
        fail<InputError>("{}: is damaged ({}); import it anew or remove it",
                         (folder / "import.json").string(), error.what());
    }
    return hashes;
}

std::uint64_t rejected_lines(fs::path const& folder) {
    LineReader lines{folder / "rejects.tsv"};
    std::uint64_t count = 0;
    while (lines.next()) {
        ++count;
    }
    return count == 0 ? 0 : count - 1; // the header
}

void check_import_name(std::string_view name) {
    bool const good = !name.empty() && name.size() <= 64 && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
               c == '_';
    });
    if (!good) {
        fail<UsageError>("--name {}: expected letters, digits, - and _", name);
    }
}

ImportLock::ImportLock(fs::path const& gazetteer) {
    fs::path const folder = imports_folder(gazetteer);
    std::error_code error;
    fs::create_directories(folder, error);
    fs::path const file = folder / ".lock";
    m_file = error ? -1 : ::open(file.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0644); // NOLINT(*-vararg)
    if (m_file < 0) {
        fail<OutputError>("{}: cannot be written: {}; name a gazetteer of your own with --gazetteer",
                          folder.string(), error ? error.message() : system_message(errno));
    }
    if (::flock(m_file, LOCK_EX | LOCK_NB) != 0) {
        ::close(m_file);
        fail<OutputError>("{}: another import is running", folder.string());
    }
}

ImportLock::~ImportLock() {
    ::close(m_file);
}

} // namespace kharita::gazetteer
