#include "base/line_reader.hpp"

#include <algorithm>
#include <cerrno>
#include <utility>

#include <unistd.h>
#include <zlib.h>

#include "base/error.hpp"

namespace kharita {

namespace {

constexpr std::size_t block_size = std::size_t{1} << 18U;

struct CloseGzip {
    void operator()(gzFile_s* file) const noexcept { gzclose(file); }
};

} // namespace

struct LineReader::State {
    std::string name;
    std::unique_ptr<gzFile_s, CloseGzip> file;
    std::string buffer; ///< what was read stands in its first `end` bytes
    std::size_t at = 0; ///< where the next line begins
    std::size_t end = 0;
    std::size_t line = 0;
    std::size_t longest = longest_line;
    bool ended = false;

    std::string_view rest() const { return std::string_view{buffer}.substr(at, end - at); }
    bool refill();
};

bool LineReader::State::refill() {
    if (ended) {
        return false;
    }
    std::copy_n(buffer.data() + at, end - at,
                buffer.data()); // and is not shrunk: growing clears what it adds
    end -= std::exchange(at, 0);
    if (end > longest) {
        fail<InputError>("{}:{}: a line of more than {} bytes; expected shorter ones", name, line + 1,
                         longest);
    }
    if (buffer.size() < end + block_size) {
        buffer.resize(end + block_size);
    }
    int const got = gzread(file.get(), buffer.data() + end, static_cast<unsigned>(block_size));
    int status = Z_OK;
    char const* const message = gzerror(file.get(), &status);
    if (got < 0 || (got == 0 && status != Z_OK && status != Z_STREAM_END)) {
        std::string_view said = message; // zlib begins with the file's name, as it was opened
        said.remove_prefix(said.starts_with(name + ": ") ? name.size() + 2 : 0);
        fail<InputError>("{}:{}: cannot be read on: {}", name, line + 1,
                         status == Z_ERRNO ? system_message(errno) : std::string{said});
    }
    end += static_cast<std::size_t>(got);
    ended = got == 0;
    return got > 0;
}

LineReader::LineReader(std::filesystem::path const& file, std::size_t longest)
    : m_state{std::make_unique<State>()} {
    m_state->longest = longest;
    m_state->name = file == "-" ? "standard input" : file.string();
    if (std::filesystem::is_directory(file)) {
        fail<InputError>("{}: is a directory; expected a file", m_state->name);
    }
    errno = 0;
    m_state->file.reset(file == "-" ? gzdopen(dup(STDIN_FILENO), "rb") : gzopen(file.c_str(), "rb"));
    if (!m_state->file) {
        fail<InputError>("{}: {}", m_state->name, system_message(errno == 0 ? ENOMEM : errno));
    }
    while (m_state->end < 3 && m_state->refill()) {
    }
    if (m_state->rest().starts_with("\xEF\xBB\xBF")) {
        m_state->at = 3;
    }
}

LineReader::LineReader(LineReader&&) noexcept = default;
LineReader& LineReader::operator=(LineReader&&) noexcept = default;
LineReader::~LineReader() = default;

std::optional<std::string_view> LineReader::next() {
    State& state = *m_state;
    std::size_t searched = 0;
    for (;;) {
        std::string_view const rest = state.rest();
        std::size_t const end = rest.find('\n', searched);
        bool const whole = end != std::string_view::npos;
        if (!whole) {
            searched = rest.size();
            if (state.refill()) {
                continue;
            }
            if (state.rest().empty()) {
                return std::nullopt;
            }
        }
        std::string_view line = state.rest();
        if (whole) {
            line = line.substr(0, end);
        }
        state.at += line.size() + (whole ? 1 : 0);
        ++state.line;
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        return line;
    }
}

std::size_t LineReader::line_number() const noexcept {
    return m_state->line;
}

std::string const& LineReader::name() const noexcept {
    return m_state->name;
}

} // namespace kharita
