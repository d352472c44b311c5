#include "tile/point_runs.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <tuple>

#include <unistd.h>

#include "base/error.hpp"
#include "tile/compression.hpp"
#include "tile/layer_data.hpp"

namespace kharita::tile {

namespace {

constexpr std::size_t block_size = std::size_t{1} << 18U; // about a thousand records, compressed together

template <typename Number>
void put(std::string& bytes, Number number) {
    bytes.append(reinterpret_cast<char const*>(&number), sizeof number);
}

/// A record: its numbers as they lie in memory, its tags.
void put_record(FeatureColumns const& columns, std::uint32_t feature, std::uint64_t place,
                std::string& bytes) {
    put(bytes, place);
    put(bytes, columns.ids[feature]);
    put(bytes, columns.points[feature].at);
    put(bytes, columns.ranks[feature]);
    put(bytes, columns.own_counts.empty() ? std::uint32_t{1} : columns.own_counts[feature]);
    std::size_t const aggregates =
        columns.ids.empty() ? 0 : columns.own_aggregates.size() / columns.ids.size();
    put(bytes, static_cast<std::uint32_t>(aggregates));
    for (std::size_t i = 0; i < aggregates; ++i) {
        put(bytes, columns.own_aggregates[feature * aggregates + i]);
    }
    put(bytes, static_cast<std::uint32_t>(columns.tag_begin[feature + 1] - columns.tag_begin[feature]));
    for (std::size_t i = columns.tag_begin[feature]; i < columns.tag_begin[feature + 1]; ++i) {
        std::string_view const value = columns.values[columns.tags[i].value];
        put(bytes, columns.tags[i].key);
        put(bytes, static_cast<std::uint32_t>(value.size()));
        bytes += value;
    }
}

} // namespace

PointRuns::File PointRuns::make_file() const {
    std::string name = (m_folder / ".kharita-points-XXXXXX").string();
    int const descriptor = ::mkstemp(name.data());
    if (descriptor < 0) {
        fail<OutputError>("{}: cannot be written: {}", m_folder.string(), std::strerror(errno));
    }
    ::unlink(name.c_str()); // it is gone when it is closed, however the program ends
    File file{::fdopen(descriptor, "w+b")};
    if (!file) {
        ::close(descriptor);
        fail<OutputError>("{}: cannot be written: {}", m_folder.string(), std::strerror(errno));
    }
    return file;
}

void PointRuns::write(FeatureColumns const& columns, std::vector<std::uint32_t> const& features) {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> order;
    order.reserve(features.size());
    for (std::uint32_t const feature : features) {
        order.emplace_back(z_order(columns.points[feature].at), feature);
    }
    std::sort(order.begin(), order.end(), [&](auto const& a, auto const& b) {
        return a.first != b.first ? a.first < b.first : columns.ids[a.second] < columns.ids[b.second];
    });
    File file = make_file();
    std::string bytes;
    auto const flush = [&] {
        std::string const packed = zstd(bytes, Effort::quick);
        auto const length = static_cast<std::uint32_t>(packed.size());
        if (std::fwrite(&length, sizeof length, 1, file.get()) != 1 ||
            std::fwrite(packed.data(), 1, packed.size(), file.get()) != packed.size()) {
            fail<OutputError>("{}: cannot be written: {}", m_folder.string(), std::strerror(errno));
        }
        bytes.clear();
    };
    for (auto const& [place, feature] : order) {
        put_record(columns, feature, place, bytes);
        if (bytes.size() >= block_size) {
            flush();
        }
    }
    flush();
    if (std::fflush(file.get()) != 0) {
        fail<OutputError>("{}: cannot be written: {}", m_folder.string(), std::strerror(errno));
    }
    std::rewind(file.get());
    m_size += order.size();
    m_files.push_back(std::move(file));
}

std::unique_ptr<PointRuns::Reader> PointRuns::read() {
    return std::make_unique<Reader>(std::move(m_files));
}

/// One file, a record at a time.
class PointRuns::Reader::Run {
public:
    explicit Run(File file) : m_file{std::move(file)} {}

    /// Answers whether there was one.
    bool next() {
        if (m_at == m_block.size() && !next_block()) {
            return false;
        }
        m_record.place = take<std::uint64_t>();
        m_record.id = take<std::uint64_t>();
        m_record.at = take<WorldPoint>();
        m_record.rank = take<double>();
        m_record.count = take<std::uint32_t>();
        m_record.aggregates.resize(take<std::uint32_t>());
        for (Aggregate& each : m_record.aggregates) {
            each = take<Aggregate>();
        }
        m_record.tags.resize(take<std::uint32_t>());
        for (auto& [key, value] : m_record.tags) {
            key = take<std::uint32_t>();
            auto const size = take<std::uint32_t>();
            value = std::string_view{m_block}.substr(m_at, size);
            m_at += size;
        }
        return true;
    }

    PointRecord const& record() const noexcept { return m_record; }

private:
    bool next_block() {
        constexpr std::size_t most = std::size_t{1} << 32U;
        std::uint32_t length = 0;
        if (std::fread(&length, sizeof length, 1, m_file.get()) != 1) {
            return false;
        }
        std::string packed(length, '\0');
        if (std::fread(packed.data(), 1, length, m_file.get()) != length) {
            fail<InputError>("a temporary file ends early");
        }
        m_block = unzstd(packed, most);
        m_at = 0;
        return true;
    }

    template <typename Number>
    Number take() {
        Number number{};
        std::memcpy(&number, m_block.data() + m_at, sizeof number);
        m_at += sizeof number;
        return number;
    }

    File m_file;
    std::string m_block;
    std::size_t m_at = 0;
    PointRecord m_record;
};

PointRuns::Reader::Reader(std::vector<File> files) {
    for (File& file : files) {
        auto run = std::make_unique<Run>(std::move(file));
        if (run->next()) {
            m_runs.push_back(std::move(run));
        }
    }
}

PointRuns::Reader::~Reader() = default;

PointRecord const* PointRuns::Reader::next() {
    auto const later = [](std::unique_ptr<Run> const& a, std::unique_ptr<Run> const& b) {
        return std::tie(a->record().place, a->record().id) > std::tie(b->record().place, b->record().id);
    };
    if (!m_begun) {
        std::make_heap(m_runs.begin(), m_runs.end(), later);
        m_begun = true;
    } else if (!m_runs.empty()) {
        std::pop_heap(m_runs.begin(), m_runs.end(), later);
        if (m_runs.back()->next()) {
            std::push_heap(m_runs.begin(), m_runs.end(), later);
        } else {
            m_runs.pop_back();
        }
    }
    return m_runs.empty() ? nullptr : &m_runs.front()->record();
}

} // namespace kharita::tile
