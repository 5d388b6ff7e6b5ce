%%% @doc Measurements are executed where they happen; handlers that were attached
%%% to the event's name run at once, in the same process.
-module(pulse).

-include("pulse.hrl").

-export([attach/4, attach_many/4, detach/1, list_handlers/1]).
-export([execute/2, execute/3, span/3]).
-export([report/3]).

-type event() :: [atom(), ...].
-type measurements() :: #{atom() => number()}.
-type metadata() :: map().
-type handler() :: fun((event(), measurements(), metadata(), Config :: term()) -> any()).
-type span_result() :: term().

-export_type([event/0, measurements/0, metadata/0, handler/0]).

-define(is_event(E), is_list(E), E =/= []).

%% @doc Attaches a handler to one event. The id must be new.
-spec attach(term(), event(), handler(), term()) -> ok | {error, already_exists}.
attach(Id, Event, Function, Config) ->
    attach_many(Id, [Event], Function, Config).

-spec attach_many(term(), [event()], handler(), term()) -> ok | {error, already_exists}.
attach_many(Id, Events, Function, Config) when is_function(Function, 4) ->
    ok = lists:foreach(fun check_event/1, Events),
    pulse_table:insert(Id, Events, Function, Config).

-spec detach(term()) -> ok | {error, not_found}.
detach(Id) ->
    pulse_table:delete(Id).

%% @doc The handlers whose event begins with the prefix.
-spec list_handlers(event() | []) -> [map()].
list_handlers(Prefix) ->
    [
        #{id => Id, event => Event, function => Function, config => Config}
     || #handler{id = Id, event = Event, function = Function, config = Config} <-
            pulse_table:for_prefix(Prefix)
    ].

%% @equiv execute(Event, Measurements, #{})
-spec execute(event(), measurements() | number()) -> ok.
execute(Event, Measurements) ->
    execute(Event, Measurements, #{}).

-spec execute(event(), measurements() | number(), metadata()) -> ok.
execute(Event, Value, Metadata) when is_number(Value) ->
    execute(Event, #{value => Value}, Metadata);
execute(Event, Measurements, Metadata) when ?is_event(Event), is_map(Measurements), is_map(Metadata) ->
    Run = fun(#handler{id = Id, function = Function, config = Config}) ->
        try
            Function(Event, Measurements, Metadata, Config)
        catch
            Class:Reason:Stack ->
                _ = detach(Id),
                ?MODULE:report(Id, {Class, Reason}, Stack)
        end
    end,
    lists:foreach(Run, pulse_table:for_event(Event)).

%% @doc Runs the function between a `start' and a `stop' event, or an `exception' one.
-spec span(event(), metadata(), fun(() -> {span_result(), metadata()})) -> span_result().
span(Prefix, Metadata, Function) when is_function(Function, 0) ->
    Start = ?NOW(),
    Context = Metadata#{span => make_ref()},
    execute(Prefix ++ [start], #{monotonic_time => Start, system_time => erlang:system_time()}, Context),
    try Function() of
        {Result, StopMetadata} ->
            Stop = ?NOW(),
            execute(Prefix ++ [stop], #{duration => Stop - Start}, maps:merge(Context, StopMetadata)),
            Result
    catch
        Class:Reason:Stack ->
            execute(
                Prefix ++ [exception],
                #{duration => ?NOW() - Start},
                Context#{kind => Class, reason => Reason, stacktrace => Stack}
            ),
            erlang:raise(Class, Reason, Stack)
    end.

%% @private
report(Id, {Class, Reason}, Stack) ->
    logger:error("pulse: handler ~p failed and was detached: ~p ~p~n~p", [Id, Class, Reason, Stack]).

check_event([_ | _] = Event) ->
    case lists:all(fun erlang:is_atom/1, Event) of
        true -> ok;
        false -> erlang:error({bad_event, Event})
    end;
check_event(Event) ->
    erlang:error({bad_event, Event}).
