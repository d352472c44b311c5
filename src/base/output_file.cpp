#include "base/output_file.hpp"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <string>
#include <sys/types.h>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/mapped_file.hpp"
#include "base/temporary_file.hpp"

namespace kharita {

namespace fs = std::filesystem;

namespace {

/// What a chain of symbolic links leads to, whether that exists or not.
fs::path followed(fs::path file) {
    constexpr int most_links = 40; // as the system follows
    std::error_code ignored;
    for (int i = 0; i < most_links && fs::is_symlink(file, ignored); ++i) {
        file = file.parent_path() / fs::read_symlink(file, ignored); // an absolute one takes its place
    }
    return file;
}

/// Bytes that are written together: 4 KiB at a time cost four times as much.
using StreamBuffer = std::vector<char>;
constexpr std::size_t buffer_size = std::size_t{1} << 17U;

/// Opens a new file, or what exists, for writing; null with errno set where it cannot be. The buffer must
/// outlive the stream: where none is given, the C library takes one of its own size.
std::FILE* open_stream(fs::path const& file, int flags, StreamBuffer& buffer) {
    constexpr ::mode_t all_may = 0666; // less the user's mask
    int const descriptor =
        ::open(file.c_str(), O_WRONLY | O_CLOEXEC | flags, all_may); // NOLINT(*-vararg): POSIX
    std::FILE* const stream = descriptor < 0 ? nullptr : ::fdopen(descriptor, "wb");
    if (stream != nullptr) {
        buffer.resize(buffer_size);
        std::setvbuf(stream, buffer.data(), _IOFBF, buffer.size());
    }
    return stream;
}

} // namespace

struct OutputFile::State {
    fs::path target;             ///< as messages show it
    fs::path place;              ///< what it is, symbolic links followed
    TemporaryFile temporary;     ///< none where bytes go straight to the target
    StreamBuffer buffer;         ///< of the stream
    std::FILE* stream = nullptr; ///< owned unless it is stdout

    bool is_stdout() const noexcept { return target == "-"; }
    void open_temporary();

    State() = default;
    State(State const&) = delete;
    State& operator=(State const&) = delete;
    State(State&&) = delete;
    State& operator=(State&&) = delete;
    ~State() {
        if (is_stdout()) {
            return;
        }
        if (stream != nullptr) {
            std::fclose(stream);
        }
    }
};

void OutputFile::State::open_temporary() {
    temporary =
        TemporaryFile{place.parent_path() / fmt::format(".{}.tmp.{}", place.filename().string(), ::getpid())};
    stream = open_stream(temporary.path(), O_CREAT | O_EXCL, buffer);
    if (stream == nullptr && errno == EEXIST) {
        // Left by a run that was killed and had this number. Taken away, not written through: it may be a
        // link.
        ::unlink(temporary.path().c_str());
        stream = open_stream(temporary.path(), O_CREAT | O_EXCL, buffer);
    }
    if (stream == nullptr) {
        int const reason = errno;
        temporary.keep(); // there is none
        fail<OutputError>("{}: cannot be written: {}", target.string(), system_message(reason));
    }
}

OutputFile::OutputFile(fs::path file, Overwrite overwrite) : m_state{std::make_unique<State>()} {
    State& state = *m_state;
    state.target = std::move(file);
    if (state.is_stdout()) {
        state.stream = stdout;
        return;
    }
    state.place = followed(state.target);
    std::error_code ignored;
    fs::file_status const status = fs::status(state.place, ignored);
    if (fs::is_fifo(status) || fs::is_character_file(status)) {
        state.stream = open_stream(state.place, 0, state.buffer);
        if (state.stream == nullptr) {
            fail<OutputError>("{}: cannot be written: {}", state.target.string(), system_message(errno));
        }
        return;
    }
    if (fs::exists(status) && !fs::is_regular_file(status)) {
        fail<OutputError>("{}: is no file; expected the name of one", state.target.string());
    }
    if (overwrite == Overwrite::refuse && fs::exists(status)) {
        fail<OutputError>("{}: exists; give --force to replace it", state.target.string());
    }
    state.open_temporary();
}

OutputFile::OutputFile(OutputFile&&) noexcept = default;
OutputFile& OutputFile::operator=(OutputFile&&) noexcept = default;
OutputFile::~OutputFile() = default;

void OutputFile::expect(std::uint64_t bytes) {
    if (m_state->temporary.is_set()) {
        // That there is no room, or that the file system cannot say so before, writing will tell. The file's
        // own size stays what was written.
        [[maybe_unused]] int const ignored =
            ::fallocate(::fileno(m_state->stream), FALLOC_FL_KEEP_SIZE, 0, static_cast<::off_t>(bytes));
    }
}

void OutputFile::write(std::string_view bytes) {
    if (bytes.empty()) {
        return; // may have no address, which fwrite must have
    }
    if (std::fwrite(bytes.data(), 1, bytes.size(), m_state->stream) != bytes.size()) {
        if (errno == EFAULT) { // they lie in a MappedFile, whose file is not there any more
            fail<InputError>("a file was cut short while it was read");
        }
        fail<OutputError>("{}: cannot be written: {}", m_state->target.string(), system_message(errno));
    }
}

void OutputFile::commit() {
    require_whole_files(); // of one that was cut short, what was written is not what it had
    State& state = *m_state;
    bool const is_file = state.temporary.is_set();
    if (std::fflush(state.stream) != 0 || (is_file && ::fsync(::fileno(state.stream)) != 0)) {
        fail<OutputError>("{}: cannot be written: {}", state.target.string(), system_message(errno));
    }
    if (!is_file) {
        return;
    }
    std::error_code error;
    fs::rename(state.temporary.path(), state.place, error);
    if (error) {
        fail<OutputError>("{}: cannot be renamed into place: {}", state.target.string(), error.message());
    }
    state.temporary.keep();
    sync_folder(state.place.has_parent_path() ? state.place.parent_path() : ".");
}

void write_file(fs::path const& file, std::string_view content, Overwrite overwrite) {
    OutputFile output{file, overwrite};
    output.write(content);
    output.commit();
}

void sync_folder(fs::path const& folder) {
    int const descriptor =
        ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); // NOLINT(*-vararg): POSIX
    if (descriptor < 0) {
        fail<OutputError>("{}: {}", folder.string(), system_message(errno));
    }
    int const failed = ::fsync(descriptor);
    int const reason = errno;
    ::close(descriptor);
    // Some file systems cannot sync a folder and say EINVAL; their renames are as durable as they get.
    if (failed != 0 && reason != EINVAL) {
        fail<OutputError>("{}: {}", folder.string(), system_message(reason));
    }
}

} // namespace kharita
