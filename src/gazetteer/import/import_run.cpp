#include "gazetteer/import/import_run.hpp"

#include <algorithm>
#include <cerrno>
#include <memory>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/hash.hpp"
#include "base/output_file.hpp"
#include "base/progress.hpp"
#include "base/put_in_place.hpp"
#include "gazetteer/import/matcher.hpp"
#include "gazetteer/import/outlines.hpp"

namespace kharita::gazetteer {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t rejects_kept = 100;

/// A folder beside the one it is to become; removed unless it did.
class Staging {
public:
    explicit Staging(fs::path target) : m_target{std::move(target)} {
        m_folder = m_target.parent_path() / fmt::format(".{}.new", m_target.filename().string());
        fs::remove_all(m_folder); // of a run that was ended
        std::error_code error;
        fs::create_directories(m_folder, error);
        if (error) {
            fail<OutputError>("{}: cannot be made: {}", m_folder.string(), error.message());
        }
    }
    Staging(Staging const&) = delete;
    Staging& operator=(Staging const&) = delete;
    Staging(Staging&&) = delete;
    Staging& operator=(Staging&&) = delete;
    ~Staging() {
        std::error_code ignored;
        fs::remove_all(m_folder, ignored);
    }

    fs::path const& folder() const noexcept { return m_folder; }

    /// The folder takes its place in one step; what was there goes.
    void publish() {
        sync_folder(m_folder);
        put_in_place(m_folder, m_target);
    }

private:
    fs::path m_target;
    fs::path m_folder;
};

/// A text as a cell: what would end it becomes a space.
std::string cell(std::string text) {
    std::ranges::replace_if(
        text, [](unsigned char c) { return c < 0x20; }, ' ');
    return text;
}

void hash_file(fs::path const& file, Sha256& hash) {
    std::FILE* const stream = std::fopen(file.c_str(), "rb");
    if (stream == nullptr) {
        fail<InputError>("{}: {}", file.string(), system_message(errno));
    }
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> const owner{stream, std::fclose};
    std::string block(std::size_t{1} << 20U, '\0');
    for (;;) {
        std::size_t const got = std::fread(block.data(), 1, block.size(), stream);
        if (got == 0) {
            return;
        }
        hash.bytes(std::string_view{block}.substr(0, got));
    }
}

/// The hash of a file's content; of a folder, of the names and contents of all files in it.
std::string hash_of(fs::path const& source) {
    Sha256 hash;
    if (!fs::is_directory(source)) {
        hash_file(source, hash);
        return hash.hex();
    }
    std::vector<fs::path> files;
    for (auto const& entry : fs::recursive_directory_iterator{source}) {
        if (entry.is_regular_file()) {
            files.push_back(entry.path());
        }
    }
    std::ranges::sort(files);
    for (fs::path const& file : files) {
        hash.field(file.lexically_relative(source).string());
        hash_file(file, hash);
    }
    return hash.hex();
}

/// A path's own name, of a folder too ("data/").
std::string name_of(fs::path const& source) {
    return (source.has_filename() ? source : source.parent_path()).filename().string();
}

/// Whether two imports are the same, byte for byte.
bool same_content(fs::path const& a, fs::path const& b) {
    for (char const* const name : {"records.tsv", "places.tsv", "additions.tsv", "report.tsv", "rejects.tsv",
                                   "import.json", shapes_name}) {
        std::error_code error;
        if (!fs::exists(a / name, error) && !fs::exists(b / name, error) && name == shapes_name) {
            continue; // most sources have none
        }
        if (!fs::exists(a / name, error) ||
            fs::file_size(a / name, error) != fs::file_size(b / name, error) ||
            hash_of(a / name) != hash_of(b / name)) {
            return false;
        }
    }
    return true;
}

void match_into(fs::path const& gazetteer, fs::path const& vocabulary, fs::path const& folder,
                ImportInfo& info, UseSetAside const& set_aside = {}) {
    MatchInput input;
    input.tables = tables_below(gazetteer, info.sequence);
    Boundaries const boundaries = boundaries_below(gazetteer, info.sequence);
    input.boundaries = &boundaries;
    input.country_codes = vocabulary / "iso3166.tsv";
    input.folder = folder;
    input.set_aside = set_aside;
    MatchCounts const counts = match_records(input);
    info.records = counts.records;
    info.places = counts.places;
    info.merged = counts.merged;
    info.conflicts = counts.conflicts;
    info.set_aside += counts.set_aside;
}

/// Matches the imports above a number again, in their order.
std::size_t match_again(fs::path const& gazetteer, fs::path const& vocabulary, std::uint32_t above) {
    std::size_t count = 0;
    for (ImportInfo info : list_imports(gazetteer)) {
        if (info.sequence <= above) {
            continue;
        }
        fs::path const folder = import_folder(gazetteer, info.name);
        Staging staging{folder};
        for (char const* const name : {"records.tsv", "rejects.tsv", shapes_name}) {
            if (name != shapes_name || fs::exists(folder / name)) {
                fs::copy_file(folder / name, staging.folder() / name);
            }
        }
        std::vector<std::string> const hashes = file_hashes(folder);
        info.set_aside = rejected_lines(folder);
        match_into(gazetteer, vocabulary, staging.folder(), info);
        write_info(staging.folder(), info, hashes);
        staging.publish();
        ++count;
    }
    return count;
}

void note(Reject&& reject, ImportRequest const& request, ImportOutcome& outcome) {
    if (request.set_aside) {
        request.set_aside(Reject{reject});
    }
    if (outcome.rejects.size() < rejects_kept) {
        outcome.rejects.push_back(std::move(reject));
    }
}

/// Writes the source's records and what it sets aside.
void read_source(ImportRequest const& request, fs::path const& folder, ImportOutcome& outcome) {
    OutputFile records{folder / "records.tsv", Overwrite::replace};
    OutputFile rejects{folder / "rejects.tsv", Overwrite::replace};
    std::optional<OutputFile> shapes;
    records.write(record_header());
    rejects.write("file\tline\treason\ttext\n");
    {
        Progress progress{"records", 0};
        request.read(
            folder,
            [&](SourceRecord&& record) {
                records.write(to_line(record));
                if (!record.outline.polygons.empty()) {
                    if (!shapes) {
                        shapes.emplace(folder / shapes_name, Overwrite::replace);
                    }
                    shapes->write(outline_line({record.id, std::move(record.outline)}));
                }
                ++outcome.info.records;
                progress.add();
            },
            [&](Reject&& reject) {
                fs::path const file{reject.file};
                rejects.write(fmt::format("{}\t{}\t{}\t{}\n", cell(file.filename().string()), reject.line,
                                          cell(reject.reason), cell(reject.text)));
                ++outcome.info.set_aside;
                note(std::move(reject), request, outcome);
            });
    }
    records.commit();
    rejects.commit();
    if (shapes) {
        shapes->commit();
    }
}

} // namespace

ImportOutcome run_import(ImportRequest const& request) {
    check_import_name(request.name);
    ImportLock const lock{request.gazetteer};
    ImportOutcome outcome;
    ImportInfo& info = outcome.info;
    info.name = request.name;
    info.format = request.format;
    std::vector<std::string> hashes;
    for (fs::path const& file : request.files) {
        info.files.push_back(name_of(file));
        hashes.push_back(hash_of(file));
    }
    info.sequence = 1;
    for (ImportInfo const& other : list_imports(request.gazetteer)) {
        info.sequence = other.sequence + 1;
        if (other.name == request.name) {
            info.sequence = other.sequence;
            break;
        }
    }
    fs::path const target = import_folder(request.gazetteer, request.name);
    Staging staging{target};
    read_source(request, staging.folder(), outcome);
    if (info.records == 0) {
        std::string const first = outcome.rejects.empty()
                                      ? std::string{}
                                      : "; the first reason: " + to_string(outcome.rejects.front());
        fail<InputError>("no place could be read{}", first);
    }
    // Records that cannot be used once they are compared: their line in the file is not known any more.
    std::string const source = request.files.empty() ? std::string{} : request.files.front().string();
    match_into(request.gazetteer, request.vocabulary, staging.folder(), info,
               [&](SourceRecord const& record, std::string_view why) {
                   note(make_reject(source, 0, fmt::format("{}: {}", record.id, why),
                                    record.name_en.empty() ? record.name_ar : record.name_en),
                        request, outcome);
               });
    write_info(staging.folder(), info, hashes);
    outcome.unchanged = fs::exists(target) && same_content(target, staging.folder());
    if (!outcome.unchanged) {
        staging.publish();
        outcome.rematched = match_again(request.gazetteer, request.vocabulary, info.sequence);
    }
    return outcome;
}

std::size_t remove_import(fs::path const& gazetteer, fs::path const& vocabulary, std::string_view name) {
    auto const imports = list_imports(gazetteer);
    auto const found = std::ranges::find(imports, name, &ImportInfo::name);
    if (found == imports.end()) {
        std::string known;
        for (ImportInfo const& info : imports) {
            known += (known.empty() ? "; there are: " : ", ") + info.name;
        }
        fail<InputError>("{}: no import is named \"{}\"{}", gazetteer.string(), name, known);
    }
    ImportLock const lock{gazetteer};
    fs::path const folder = import_folder(gazetteer, name);
    fs::path const doomed = folder.parent_path() / fmt::format(".{}.removed", name);
    fs::remove_all(doomed);
    fs::rename(folder, doomed);
    sync_folder(folder.parent_path());
    fs::remove_all(doomed);
    return match_again(gazetteer, vocabulary, found->sequence);
}

void copy_gazetteer(fs::path const& from, fs::path const& to) {
    fs::path const begun = to.parent_path() / fmt::format(".{}.new", to.filename().string());
    std::error_code error;
    fs::remove_all(begun, error);
    fs::create_directories(begun, error);
    for (auto const& entry : fs::directory_iterator{from}) {
        std::string const name = entry.path().filename().string();
        if (name != "imports" && !error) {
            fs::copy(entry.path(), begun / name, fs::copy_options::recursive, error);
        }
    }
    if (!error) {
        fs::rename(begun, to, error);
    }
    if (error) {
        std::error_code ignored;
        fs::remove_all(begun, ignored);
        fail<OutputError>("{}: cannot be made: {}", to.string(), error.message());
    }
}

} // namespace kharita::gazetteer
