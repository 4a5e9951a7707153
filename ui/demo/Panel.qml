pragma ComponentBehavior: Bound

import QtQuick
import HallKiosk
import "../components"

// The demo's control panel, beside the kiosk's window; for those who demonstrate, so in English.
Window {
    id: window

    required property DemoPanel panel

    title: "The visitor's hands"
    color: Theme.background
    minimumWidth: 420
    minimumHeight: 600

    Column {
        id: column

        anchors.fill: parent
        anchors.margins: 16
        spacing: 12

        Text {
            width: parent.width
            text: window.panel.note
            color: Theme.inkSoft
            elide: Text.ElideRight
            font.pixelSize: 15
        }
        Flow {
            id: mishaps

            width: parent.width
            spacing: 6

            Repeater {
                model: window.panel.mishaps

                Rectangle {
                    id: mishap

                    required property string verb
                    required property string title

                    width: name.implicitWidth + 24
                    height: 36
                    radius: 8
                    color: tap.pressed ? Theme.primarySoft : Theme.surface
                    border.color: Theme.line

                    Text {
                        id: name
                        anchors.centerIn: parent
                        text: mishap.title
                        color: Theme.primary
                        font.pixelSize: 14
                    }
                    TapHandler {
                        id: tap
                        onTapped: window.panel.perform(mishap.verb)
                    }
                }
            }
        }
        Row {
            width: parent.width
            height: column.height - y
            spacing: 12

            ListView {
                id: things

                width: parent.width - (ticket.visible ? ticket.width + 12 : 0)
                height: parent.height
                clip: true
                spacing: 4
                model: window.panel.things
                section.property: "section"
                section.delegate: Text {
                    required property string section

                    height: 40
                    verticalAlignment: Text.AlignVCenter
                    text: section
                    color: Theme.ink
                    font.pixelSize: 16
                    font.bold: true
                }
                delegate: Rectangle {
                    id: thing

                    required property string verb
                    required property string title
                    required property string note

                    width: things.width
                    height: words.implicitHeight + 16
                    radius: 8
                    color: press.pressed ? Theme.primarySoft : Theme.surface
                    border.color: Theme.line

                    Column {
                        id: words
                        x: 12
                        y: 8
                        width: parent.width - 24

                        Text {
                            width: parent.width
                            text: thing.title
                            color: Theme.primary
                            elide: Text.ElideRight
                            font.pixelSize: 15
                        }
                        Text {
                            width: parent.width
                            visible: thing.note !== ""
                            text: thing.note
                            color: Theme.inkSoft
                            wrapMode: Text.Wrap
                            font.pixelSize: 12
                        }
                    }
                    TapHandler {
                        id: press
                        onTapped: window.panel.perform(thing.verb)
                    }
                }
            }
            Image {
                id: ticket

                visible: window.panel.ticket !== ""
                width: 200
                source: window.panel.ticket
                fillMode: Image.PreserveAspectFit
                verticalAlignment: Image.AlignTop
            }
        }
    }
}
