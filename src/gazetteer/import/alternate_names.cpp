#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/line_reader.hpp"
#include "base/progress.hpp"
#include "base/tsv.hpp"
#include "gazetteer/import/geonames.hpp"
#include "gazetteer/import/match_entries.hpp"

namespace kharita::gazetteer {

namespace {

struct CloseFile {
    void operator()(std::FILE* file) const noexcept { std::fclose(file); }
};
using FilePtr = std::unique_ptr<std::FILE, CloseFile>;

constexpr std::size_t bucket_count = 64;
constexpr std::uint32_t ids_per_bucket = 262'144; // the last bucket takes what is beyond 16.7 million
constexpr std::size_t longest_text = 800;

/// A name on its way: id, flags and text, one after the other in a file.
struct Head {
    std::uint32_t id = 0;
    std::uint16_t text = 0; ///< its length
    std::uint8_t language = 0;
    bool preferred = false;
};
static_assert(sizeof(Head) == 8);

void write(std::FILE* file, void const* bytes, std::size_t size) {
    if (std::fwrite(bytes, 1, size, file) != size) {
        fail<OutputError>("alternate names cannot be written: {}", system_message(errno));
    }
}

enum Column : std::size_t {
    alternate_id,
    geoname_id,
    language,
    text,
    preferred,
    shortened,
    colloquial,
    historic
};

} // namespace

struct AlternateNames::State {
    std::vector<std::string> languages; ///< by Head::language
    FilePtr sorted;
    std::vector<std::uint32_t> ids;
    std::vector<std::uint64_t> offsets; ///< one more than ids

    std::optional<std::string> read_line(std::string_view line, std::filesystem::path const& work_folder,
                                         std::array<FilePtr, bucket_count>& buckets);
    void sort_bucket(std::FILE* bucket);
};

/// Puts a line into its bucket, made for its first one, or tells why it cannot be read.
std::optional<std::string> AlternateNames::State::read_line(std::string_view line,
                                                            std::filesystem::path const& work_folder,
                                                            std::array<FilePtr, bucket_count>& buckets) {
    auto const cells = split(line, '\t');
    // Eight columns, and two for the years of use in newer dumps.
    if (cells.size() != 8 && cells.size() != 10) {
        return fmt::format("{} columns; alternateNamesV2 has 8 or 10", cells.size());
    }
    Head head;
    auto const [end, error] = std::from_chars(cells[geoname_id].data(),
                                              cells[geoname_id].data() + cells[geoname_id].size(), head.id);
    if (error != std::errc{} || end != cells[geoname_id].data() + cells[geoname_id].size()) {
        return fmt::format("\"{}\" is no GeoNames id", cells[geoname_id]);
    }
    auto const found = std::ranges::find(languages, cells[language]);
    if (found == languages.end() || cells[historic] == "1" || cells[text].empty() ||
        cells[text].size() > longest_text) {
        return std::nullopt;
    }
    head.language = static_cast<std::uint8_t>(found - languages.begin());
    head.text = static_cast<std::uint16_t>(cells[text].size());
    head.preferred = cells[preferred] == "1";
    FilePtr& bucket = buckets[std::min<std::size_t>(head.id / ids_per_bucket, bucket_count - 1)];
    if (!bucket) {
        bucket.reset(open_unnamed(work_folder));
    }
    write(bucket.get(), &head, sizeof head);
    write(bucket.get(), cells[text].data(), cells[text].size());
    return std::nullopt;
}

/// Appends a bucket to the sorted file.
void AlternateNames::State::sort_bucket(std::FILE* bucket) {
    std::string bytes(static_cast<std::size_t>(std::ftell(bucket)), '\0');
    std::rewind(bucket);
    if (std::fread(bytes.data(), 1, bytes.size(), bucket) != bytes.size()) {
        fail<InputError>("alternate names cannot be read back: {}", system_message(errno));
    }
    struct Entry {
        Head head;
        std::size_t at = 0;
    };
    std::vector<Entry> entries;
    for (std::size_t at = 0; at < bytes.size();) {
        Entry entry;
        std::copy_n(bytes.data() + at, sizeof(Head), reinterpret_cast<char*>(&entry.head));
        entry.at = at;
        at += sizeof(Head) + entry.head.text;
        entries.push_back(entry);
    }
    std::ranges::stable_sort(entries, {}, [](Entry const& entry) {
        return std::pair{entry.head.id, !entry.head.preferred};
    });
    for (Entry const& entry : entries) {
        if (ids.empty() || ids.back() != entry.head.id) {
            ids.push_back(entry.head.id);
            offsets.push_back(offsets.back());
        }
        std::size_t const size = sizeof(Head) + entry.head.text;
        write(sorted.get(), bytes.data() + entry.at, size);
        offsets.back() += size;
    }
}

AlternateNames::AlternateNames(std::filesystem::path const& file, std::filesystem::path const& work_folder,
                               std::vector<std::string> const& languages, SetAside const& set_aside)
    : m_state{std::make_unique<State>()} {
    m_state->languages = languages;
    for (char const* const always : {"", "iata", "icao", "wkdt"}) {
        m_state->languages.emplace_back(always);
    }
    std::array<FilePtr, bucket_count> buckets;
    LineReader lines{file};
    {
        Progress progress{"alternate names", 0};
        while (auto const line = lines.next()) {
            auto const problem =
                line->empty() ? std::nullopt : m_state->read_line(*line, work_folder, buckets);
            if (problem) {
                set_aside(make_reject(lines.name(), lines.line_number(), *problem, *line));
            }
            progress.add();
        }
    }
    m_state->sorted.reset(open_unnamed(work_folder));
    m_state->offsets.push_back(0);
    for (FilePtr& bucket : buckets) {
        if (bucket) {
            m_state->sort_bucket(bucket.get());
            bucket.reset();
        }
    }
    if (std::fflush(m_state->sorted.get()) != 0) {
        fail<OutputError>("alternate names cannot be written: {}", system_message(errno));
    }
}

AlternateNames::AlternateNames(AlternateNames&&) noexcept = default;
AlternateNames& AlternateNames::operator=(AlternateNames&&) noexcept = default;
AlternateNames::~AlternateNames() = default;

std::vector<AlternateNames::Name> AlternateNames::find(std::uint32_t id) const {
    State const& state = *m_state;
    std::vector<Name> names;
    auto const found = std::ranges::lower_bound(state.ids, id);
    if (found == state.ids.end() || *found != id) {
        return names;
    }
    auto const index = static_cast<std::size_t>(found - state.ids.begin());
    std::string bytes(state.offsets[index + 1] - state.offsets[index], '\0');
    if (::pread(::fileno(state.sorted.get()), bytes.data(), bytes.size(),
                static_cast<off_t>(state.offsets[index])) != static_cast<ssize_t>(bytes.size())) {
        fail<InputError>("alternate names cannot be read back: {}", system_message(errno));
    }
    for (std::size_t at = 0; at < bytes.size();) {
        Head head;
        std::copy_n(bytes.data() + at, sizeof(Head), reinterpret_cast<char*>(&head));
        names.push_back(
            {state.languages[head.language], bytes.substr(at + sizeof(Head), head.text), head.preferred});
        at += sizeof(Head) + head.text;
    }
    return names;
}

} // namespace kharita::gazetteer
